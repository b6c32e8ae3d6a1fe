package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;
import java.util.Map;

/**
 * All that one look at a fleet saw.
 *
 * @param services every service whose collectors are looked after under this fleet's name, each
 *     with the collectors of all its fleets; without tasks where they could not all be read
 * @param rollouts what the rollouts of those fleets say
 * @param marks what was remembered
 */
public record ReplacementSnapshot(
    FleetName fleet,
    List<ServiceState> services,
    Map<FleetName, RolloutView> rollouts,
    ReplacementMarks marks) {
  public ReplacementSnapshot {
    services = List.copyOf(services);
    rollouts = Map.copyOf(rollouts);
  }

  /** What the rollout of one of a service's fleets says. */
  RolloutView rollout(FleetName of) {
    return rollouts.getOrDefault(of, RolloutView.UNSEEN);
  }
}
