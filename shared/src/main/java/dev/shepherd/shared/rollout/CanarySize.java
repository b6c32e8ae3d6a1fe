package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a fleet may try a config. With T tasks of the fleet and p percent, E extra tasks and
 * F tasks of a first service stay within the share while (E + F) ÷ (T + E) ≤ p ÷ 100: the extra
 * ones count on both sides.
 */
final class CanarySize {
  private static final int ALL = 100;

  private CanarySize() {}

  /** How many extra tasks {@code tasks} may have beside them; one is always allowed. */
  static int extra(int tasks, int percent) {
    return Math.max(1, (int) ((long) percent * tasks / (ALL - percent)));
  }

  /**
   * How many more extra tasks may be started.
   *
   * @param first tasks of the service that tries the candidate, or is to
   * @param up extra tasks that there are; beside none and no first service, one is always allowed
   */
  static int room(int first, int up, int fleet, int percent) {
    long most = Math.floorDiv((long) percent * fleet - (long) ALL * first, ALL - percent);
    int least = first == 0 && up == 0 ? 1 : 0;
    return (int) Math.max(least, most - up);
  }

  /** Whether so many tasks of a first service and so many extra ones stay within the share. */
  static boolean isWithin(int first, int extra, int fleet, int percent) {
    return (long) ALL * (first + extra) <= (long) percent * (fleet + extra);
  }

  /**
   * The canary tasks of each service, smallest service first, while the fleet's share lasts.
   *
   * @param services those that may have canary tasks, each with at least one running task
   * @param fleet how many tasks the whole fleet runs
   */
  static Map<ServiceName, Integer> of(List<ServiceState> services, int fleet, CanaryLimits limits) {
    Map<ServiceName, Integer> sizes = new LinkedHashMap<>();
    int room = extra(fleet, limits.percent());
    for (ServiceState service : services.stream()
        .sorted(Comparator.comparingInt(ServiceState::running).thenComparing(ServiceState::name))
        .toList()) {
      int wanted = Math.min(limits.maxTasks(), extra(service.running(), limits.percent()));
      int size = Math.min(wanted, room);
      if (size > 0) {
        sizes.put(service.name(), size);
        room -= size;
      }
    }
    return sizes;
  }
}
