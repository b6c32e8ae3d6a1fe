package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;
import java.util.Map;

/**
 * All that one look at a fleet saw.
 *
 * @param services the services whose collectors are looked after under this fleet's name, each with
 *     the collectors of all its fleets; without tasks where they could not all be read
 * @param unread the others, which are left to a later look
 * @param rollouts what the rollouts of those fleets say
 * @param marks what was remembered
 */
public record ReplacementSnapshot(
    FleetName fleet,
    List<ServiceState> services,
    List<ServiceState> unread,
    Map<FleetName, RolloutView> rollouts,
    ReplacementMarks marks) {
  public ReplacementSnapshot {
    services = List.copyOf(services);
    unread = List.copyOf(unread);
    rollouts = Map.copyOf(rollouts);
  }

  /** Whether every task of the fleet was read. */
  boolean isAllRead() {
    return unread.isEmpty()
        && services.stream().allMatch(service -> service.tasks().isPresent());
  }

  /** What the rollout of one of a service's fleets says. */
  RolloutView rollout(FleetName of) {
    return rollouts.getOrDefault(of, RolloutView.UNSEEN);
  }
}
