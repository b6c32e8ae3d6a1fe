package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.Run;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.registration.RegistrationLimits;
import dev.shepherd.shared.registration.RegistrationPlan;
import dev.shepherd.shared.registration.RegistrationPlanner;
import dev.shepherd.shared.registration.RegistrationSnapshot;
import dev.shepherd.shared.registration.Sighting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has a Cloud Map service planned: by what was listed and read; once more with what was seen
 * before, where something has to be confirmed; and once more with the health of all instances,
 * where some are to be taken out.
 */
final class Planning {
  private final RegistrationObserver observer;
  private final Operations operations;
  private final Marks marks;
  private final RegistrationLimits limits;
  private final InstantSource clock;

  Planning(
      RegistrationObserver observer,
      Operations operations,
      Marks marks,
      RegistrationLimits limits,
      InstantSource clock) {
    this.observer = observer;
    this.operations = operations;
    this.marks = marks;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param takenOut how many instances this run has taken out already
   */
  RegistrationPlan of(Listing listing, View view, int takenOut, Run run) {
    Registry registry = listing.registry();
    RegistrationSnapshot seen = snapshot(listing, view, takenOut);
    RegistrationPlan plan = plan(seen);
    boolean needed = !plan.suspected().isEmpty() && !run.dryRun();
    RegistrationSnapshot known = seen.remembering(remembered(registry, needed));
    if (!known.firstSeen().isEmpty()) {
      plan = plan(known);
    }
    return plan.takesOut() ? plan(observer.withHealth(registry, known)) : plan;
  }

  private RegistrationPlan plan(RegistrationSnapshot seen) {
    return RegistrationPlanner.plan(seen, limits, clock.instant());
  }

  private RegistrationSnapshot snapshot(Listing listing, View view, int takenOut) {
    Registry registry = listing.registry();
    return listing
        .closed()
        .map(why -> RegistrationSnapshot.closed(registry.id(), why))
        .orElseGet(() -> observer.snapshot(
            registry, view, listing.instances(), operations.underWay(registry.id()), takenOut));
  }

  /** In a dry run nothing is written: what this instance remembers is all there is. */
  private Map<Sighting, Instant> remembered(Registry registry, boolean needed) {
    Optional<FleetName> fleet = registry.keeper();
    return fleet.map(keeper -> marks.of(keeper, registry.id(), needed)).orElseGet(Map::of);
  }

  /** Keeps what a later look has to confirm. */
  void keep(Registry registry, Set<Sighting> suspected) {
    registry
        .keeper()
        .ifPresent(fleet -> marks.keep(fleet, registry.id(), suspected, clock.instant()));
  }
}
