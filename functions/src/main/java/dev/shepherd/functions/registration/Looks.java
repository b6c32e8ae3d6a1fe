package dev.shepherd.functions.registration;

import dev.shepherd.functions.event.Hint;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When this instance of the function last looked. A hint of before that costs no call. Lost with
 * the instance, which costs one look.
 */
final class Looks {
  /** An event's time is cut to whole seconds. */
  private static final Duration EVENT_TIME_STEP = Duration.ofSeconds(1);

  private final Map<ServiceName, Instant> byService = new HashMap<>();
  private Set<ServiceName> registrants = Set.of();
  private Instant everywhere = Instant.MIN;
  private Instant begun = Instant.MIN;

  boolean isNews(Hint hint) {
    Instant seen = switch (hint) {
      case Hint.OfService named -> seen(named.service());
      case Hint.OfFleet _, Hint.OfTask _, Hint.Everywhere _ -> everywhere;
    };
    return hint.time().plus(EVENT_TIME_STEP).isAfter(seen);
  }

  /** All registrants are known once all was looked at: for another service there is no need. */
  private Instant seen(ServiceName service) {
    Instant unknown = registrants.isEmpty() ? everywhere : Instant.MAX;
    return byService.getOrDefault(service, registrants.contains(service) ? everywhere : unknown);
  }

  /** The services that register somewhere, as all were read. */
  void registering(Set<ServiceName> services) {
    registrants = Set.copyOf(services);
  }

  /** A run begins to look; what it reads is at least as new as this. */
  void begin(Instant now) {
    begun = now;
  }

  /** What these services register in was read and acted on without a failure. */
  void looked(Set<ServiceName> services) {
    services.forEach(service -> byService.put(service, begun));
  }

  /** All that the hints name was gone through. */
  void ended(List<Hint> hints) {
    if (hints.stream().anyMatch(Hint.Everywhere.class::isInstance)) {
      everywhere = begun;
      byService.values().removeIf(seen -> seen.isBefore(begun));
    }
  }
}
