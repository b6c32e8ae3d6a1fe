package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sick collectors the rollout blames on their config, from what it sees too: those whose text
 * is in quarantine; and on a promoted text that the fleet has not completed, at least two and five
 * percent of those on it (one, where one runs it) while at least ninety percent of the collectors
 * on other texts are well, or were at the promotion where none is left.
 */
final class BadConfig {
  private static final int LEAST = 2;
  private static final int LEAST_PERCENT = 5;
  private static final int PEERS_WELL_PERCENT = 90;

  private BadConfig() {}

  /** Why, by the task's id. */
  static Map<String, String> blamed(ReplacementSnapshot seen, List<Sick> sick) {
    Map<String, String> blamed = new HashMap<>();
    for (Sick each : sick) {
      if (seen.rollout(each.collector().reference().fleet()).isQuarantined(each.collector())) {
        blamed.put(each.task().id(), "their config is in quarantine: the rollout takes it back");
      }
    }
    seen.rollouts()
        .forEach((fleet, view) -> view.unproven()
            .ifPresent(hash -> blamed.putAll(unproven(seen, sick, fleet, view, hash))));
    return blamed;
  }

  private static Map<String, String> unproven(
      ReplacementSnapshot seen,
      List<Sick> sick,
      FleetName fleet,
      RolloutView view,
      ConfigHash hash) {
    List<Sick> evidence = sick.stream()
        .filter(each -> each.collector().reference().fleet().equals(fleet)
            && view.isUnproven(each.collector(), each.service()))
        .toList();
    int on = 0;
    int peers = 0;
    int peersWell = 0;
    for (ServiceState service : seen.services()) {
      if (runs(service, fleet, view)) {
        on += service.desired();
      } else {
        peers += service.desired();
        peersWell += Math.min(service.desired(), well(service));
      }
    }
    on += seen.unread().stream()
        .filter(service -> runs(service, fleet, view))
        .mapToInt(ServiceState::desired)
        .sum();
    int needed = on <= 1 ? 1 : Math.max(LEAST, Math.ceilDiv(on * LEAST_PERCENT, 100));
    int percent = peers == 0 ? view.wellAtStart() : peersWell * 100 / peers;
    Map<String, String> blamed = new HashMap<>();
    if (evidence.size() >= needed && percent >= PEERS_WELL_PERCENT) {
      String reason =
          "%d of %d on config %s are sick, which the fleet has not completed, while %d%%"
                  .formatted(evidence.size(), on, hash, percent)
              + " of the others are well: the rollout judges it";
      evidence.forEach(each -> blamed.put(each.task().id(), reason));
    }
    return blamed;
  }

  private static boolean runs(ServiceState service, FleetName fleet, RolloutView view) {
    return service.definition().collectors().stream()
        .anyMatch(collector ->
            collector.reference().fleet().equals(fleet) && view.isUnproven(collector, service));
  }

  private static int well(ServiceState service) {
    List<TaskState> tasks = service.tasks().orElse(List.of());
    return (int) tasks.stream().filter(task -> Sick.isWell(service, task)).count();
  }
}
