package dev.shepherd.local.scenario;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a fleet stands, by what Shepherd says of it and by what its tasks run.
 *
 * @param config the operator's parameter
 * @param live the hash that the fleet is to run; absent before Shepherd has seen it
 * @param phase as in the fleet's state; {@code unseen} before there is one
 * @param quarantined what is not tried again
 * @param rejected why the newest text was refused
 * @param maxShareOnUnpromoted the peak of a candidate's tasks, before it was live, as a share of
 *     all
 */
public record FleetReport(
    String config,
    Optional<String> live,
    Optional<String> previous,
    String phase,
    List<Quarantined> quarantined,
    Optional<String> held,
    Optional<String> rejected,
    double maxShareOnUnpromoted,
    List<ServiceReport> services) {
  private static final Set<String> QUIET = Set.of("idle", "held", "paused");

  public FleetReport {
    services = List.copyOf(services);
    quarantined = List.copyOf(quarantined);
  }

  FleetReport maxShareOnUnpromoted(double share) {
    return new FleetReport(
        config, live, previous, phase, quarantined, held, rejected, share, services);
  }

  /**
   * Whether all its tasks run live, well, and nothing is under way but what a standing cause holds.
   */
  public boolean converged() {
    return (QUIET.contains(phase) || held.isPresent())
        && live.filter(hash -> services.stream().allMatch(service -> service.runs(hash)))
            .isPresent();
  }
}
