package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceState;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which services may go to a promoted config now. In the order of those that are on it already,
 * then the smallest first, a wave takes services while their cumulative share of the fleet's tasks
 * stays within its percent, and always at least one more than the wave before. The first wave that
 * is not through is open, with all before it.
 */
final class Waves {
  private Waves() {}

  /**
   * The services that may be under way.
   *
   * @param isThrough whether a service is on the config and not under way any more
   * @param isOn whether it is on the config
   */
  static List<ServiceState> open(
      List<ServiceState> services,
      List<Integer> percents,
      Predicate<ServiceState> isOn,
      Predicate<ServiceState> isThrough) {
    List<ServiceState> ordered = services.stream()
        .sorted(Comparator.comparingInt((ServiceState service) -> isOn.test(service) ? 0 : 1)
            .thenComparing(service -> !service.canaryFirst())
            .thenComparingInt(ServiceState::running)
            .thenComparing(ServiceState::name))
        .toList();
    int size = 0;
    for (int percent : percents) {
      size = Math.min(ordered.size(), Math.max(size + 1, within(ordered, percent)));
      List<ServiceState> wave = ordered.subList(0, size);
      if (!wave.stream().allMatch(isThrough)) {
        return wave;
      }
    }
    return ordered;
  }

  private static int within(List<ServiceState> ordered, int percent) {
    long all = ordered.stream().mapToLong(ServiceState::running).sum();
    long taken = 0;
    int count = 0;
    for (ServiceState service : ordered) {
      taken += service.running();
      if (taken * 100 > all * percent) {
        break;
      }
      count++;
    }
    return count;
  }
}
