package dev.shepherd.functions.rollout;

import dev.shepherd.functions.event.Hint;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When this instance of the function last looked at each fleet. A hint of before that costs no
 * call: what it is about has been seen. Lost with the instance, which costs one look.
 */
final class Looks {
  /** An event's time is cut to whole seconds. */
  private static final Duration EVENT_TIME_STEP = Duration.ofSeconds(1);

  private final Map<FleetName, Instant> byFleet = new HashMap<>();
  private Instant everywhere = Instant.MIN;
  private Instant begun = Instant.MIN;

  boolean isNews(Hint hint) {
    Instant latest = hint.time().plus(EVENT_TIME_STEP);
    Instant seen = switch (hint) {
      case Hint.OfFleet named -> byFleet.getOrDefault(named.fleet(), Instant.MIN);
      case Hint.OfService _, Hint.OfTask _, Hint.Everywhere _ -> everywhere;
    };
    return latest.isAfter(seen);
  }

  /** A run begins to look; what it reads is at least as new as this. */
  void begin(Instant now) {
    begun = now;
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

  /** Every fleet that the hints name was gone through. */
  void ended(List<Hint> hints) {
    if (hints.stream().anyMatch(Hint.Everywhere.class::isInstance)) {
      everywhere = begun;
    }
  }

  /** The fleets that a hint names; those of a service as it was just read. */
  static Set<FleetName> fleetsOf(Hint hint, Map<FleetName, List<ServiceState>> services) {
    return switch (hint) {
      case Hint.OfFleet named -> Set.of(named.fleet());
      case Hint.OfService named ->
        services.entrySet().stream()
            .filter(entry -> entry.getValue().stream()
                .anyMatch(service -> service.name().equals(named.service())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
      case Hint.OfTask _, Hint.Everywhere _ -> services.keySet();
    };
  }
}
