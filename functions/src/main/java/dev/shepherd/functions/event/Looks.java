package dev.shepherd.functions.event;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When this instance of a function last looked, and at what. A hint of before that costs no call:
 * what it is about has been seen. Lost with the instance, which costs one look.
 */
public final class Looks {
  /** An event's time is cut to whole seconds. */
  private static final Duration EVENT_TIME_STEP = Duration.ofSeconds(1);

  private final Map<FleetName, Instant> byFleet = new HashMap<>();
  private final Map<ServiceName, Instant> byService = new HashMap<>();
  private Instant everywhere = Instant.MIN;
  private Instant begun = Instant.MIN;

  /**
   * Whether something may have happened that no look has seen. A look everywhere need not have seen
   * a config that was just written: Parameter Store's lists follow its writes.
   */
  public boolean isNews(Hint hint) {
    Instant seen = switch (hint) {
      case Hint.OfFleet named -> byFleet.getOrDefault(named.fleet(), Instant.MIN);
      case Hint.OfService named -> byService.getOrDefault(named.service(), everywhere);
      case Hint.OfDeployment _, Hint.OfTask _, Hint.Everywhere _ -> everywhere;
    };
    return hint.time().plus(EVENT_TIME_STEP).isAfter(seen);
  }

  /** A run begins to look; what it reads is at least as new as this. */
  public void begin(Instant now) {
    begun = now;
  }

  /** This fleet was read and acted on without a failure. */
  public void looked(FleetName fleet) {
    byFleet.put(fleet, begun);
  }

  /** These services were read and acted on without a failure. */
  public void looked(Set<ServiceName> services) {
    services.forEach(service -> byService.put(service, begun));
  }

  /**
   * Which fleet goes first when a run's time or calls do not suffice for all. Those that this
   * instance has not looked at come first, in another order each run: also instances that live for
   * one run get to all of them.
   */
  public List<FleetName> longestAgoFirst(Set<FleetName> fleets) {
    return fleets.stream()
        .sorted(Comparator.<FleetName, Instant>comparing(
                fleet -> byFleet.getOrDefault(fleet, Instant.MIN))
            .thenComparingInt(fleet -> (fleet.value() + begun).hashCode())
            .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /**
   * Whether the last look everywhere is so long ago that the schedule's next one is due, or waits
   * behind other messages: one look is cheaper than one for each of them.
   */
  public boolean isDueEverywhere(Duration schedule) {
    return !begun.minus(schedule).isBefore(everywhere);
  }

  /** All that there is was gone through, and nothing left to the next run. */
  public void lookedEverywhere() {
    everywhere = begun;
    byService.values().removeIf(seen -> seen.isBefore(begun));
  }
}
