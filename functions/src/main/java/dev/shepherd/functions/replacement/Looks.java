package dev.shepherd.functions.replacement;

import dev.shepherd.functions.event.Hint;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When this instance of the function last looked at each fleet, and which services there were. A
 * hint of before that costs no call. Lost with the instance, which costs one look.
 */
final class Looks {
  /** An event's time is cut to whole seconds. */
  private static final Duration EVENT_TIME_STEP = Duration.ofSeconds(1);

  private final Map<FleetName, Instant> byFleet = new HashMap<>();
  private Map<ServiceName, FleetName> owners = Map.of();
  private Instant discovered = Instant.MIN;
  private Instant everywhere = Instant.MIN;
  private Instant begun = Instant.MIN;

  /** A service of no fleet is news only until the services have been listed once more. */
  boolean isNews(Hint hint) {
    Instant seen = switch (hint) {
      case Hint.OfService named ->
        Optional.ofNullable(owners.get(named.service()))
            .map(fleet -> byFleet.getOrDefault(fleet, Instant.MIN))
            .orElse(discovered);
      case Hint.OfFleet named -> byFleet.getOrDefault(named.fleet(), Instant.MIN);
      case Hint.OfTask _, Hint.Everywhere _ -> everywhere;
    };
    return hint.time().plus(EVENT_TIME_STEP).isAfter(seen);
  }

  /** A run begins to look; what it reads is at least as new as this. */
  void begin(Instant now) {
    begun = now;
  }

  /** The services were listed: who looks after which. */
  void discovered(Map<ServiceName, FleetName> services) {
    owners = Map.copyOf(services);
    discovered = begun;
  }

  /** This fleet was read and acted on without a failure. */
  void looked(FleetName fleet) {
    byFleet.put(fleet, begun);
  }

  /** Which fleet goes first when a run's time does not suffice for all. */
  List<FleetName> longestAgoFirst(Set<FleetName> fleets) {
    return fleets.stream()
        .sorted(Comparator.<FleetName, Instant>comparing(
                fleet -> byFleet.getOrDefault(fleet, Instant.MIN))
            .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** All that the hints name was gone through. */
  void ended(List<Hint> hints) {
    if (hints.stream().anyMatch(Hint.Everywhere.class::isInstance)) {
      everywhere = begun;
    }
  }
}
