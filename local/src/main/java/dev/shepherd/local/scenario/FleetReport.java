package dev.shepherd.local.scenario;

import java.util.List;
import java.util.Optional;

/**
 * How a fleet stands, by what Shepherd says of it and by what its tasks run.
 *
 * @param config the operator's parameter
 * @param live the hash that the fleet is to run; absent before Shepherd has seen it
 * @param phase as in the fleet's state; {@code unseen} before there is one
 * @param rejected why the newest text was refused
 */
public record FleetReport(
    String config,
    Optional<String> live,
    Optional<String> previous,
    String phase,
    Optional<String> held,
    Optional<String> rejected,
    List<ServiceReport> services) {
  public FleetReport {
    services = List.copyOf(services);
  }

  /** Whether all its tasks run live, well, and nothing is under way. */
  public boolean converged() {
    return phase.equals("idle")
        && live.filter(hash -> services.stream().allMatch(service -> service.runs(hash)))
            .isPresent();
  }
}
