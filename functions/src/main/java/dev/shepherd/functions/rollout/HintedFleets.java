package dev.shepherd.functions.rollout;

import dev.shepherd.functions.event.Hint;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fleets hints are about.
 *
 * @param services of each fleet, as just read
 */
record HintedFleets(List<Hint> hints, Map<FleetName, List<ServiceState>> services) {
  /** All that a hint names. */
  Set<FleetName> all() {
    return hints.stream().flatMap(hint -> fleetsOf(hint).stream()).collect(Collectors.toSet());
  }

  private Set<FleetName> fleetsOf(Hint hint) {
    return switch (hint) {
      case Hint.OfFleet named -> Set.of(named.fleet());
      case Hint.OfService named -> fleetsOf(named.service());
      case Hint.OfDeployment named -> fleetsOf(named.service());
      case Hint.OfTask _, Hint.Everywhere _ -> services.keySet();
    };
  }

  private Set<FleetName> fleetsOf(ServiceName name) {
    return services.entrySet().stream()
        .filter(entry ->
            entry.getValue().stream().anyMatch(service -> service.name().equals(name)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
