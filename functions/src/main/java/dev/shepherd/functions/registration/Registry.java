package dev.shepherd.functions.registration;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.Registrant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;

/**
 * A Cloud Map service that ECS services of a fleet register in.
 *
 * @param id its id
 * @param registrants those services, as last read
 * @param serviceConnect whether ECS's Service Connect keeps it
 */
record Registry(String id, Map<ServiceName, Entry> registrants, boolean serviceConnect) {
  /**
   * A service that registers.
   *
   * @param fleets whose configs its tasks take; none where its definition cannot be read
   * @param managed whether Shepherd may act on it
   */
  record Entry(Service service, Set<FleetName> fleets, boolean managed) {
    Entry {
      fleets = Set.copyOf(fleets);
    }
  }

  Registry {
    registrants = Map.copyOf(registrants);
  }

  /** The id in a Cloud Map service's ARN. */
  static String idOf(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** How this service registers its tasks here; empty when it does not. */
  Optional<ServiceRegistry> of(ServiceName service) {
    return Optional.ofNullable(registrants.get(service)).stream()
        .flatMap(found -> found.service().serviceRegistries().stream())
        .filter(each -> idOf(each.registryArn()).equals(id))
        .findFirst();
  }

  /** For the planner. */
  Map<ServiceName, Registrant> counts() {
    Map<ServiceName, Registrant> counts = new TreeMap<>();
    registrants.forEach((name, entry) -> counts.put(
        name,
        new Registrant(
            entry.service().desiredCount(), entry.service().runningCount(), entry.managed())));
    return counts;
  }

  /** The fleet whose parameter keeps what was seen here: the first, where several share it. */
  Optional<FleetName> keeper() {
    return registrants.values().stream()
        .flatMap(entry -> entry.fleets().stream())
        .min(FleetName::compareTo);
  }

  /** For people: the Cloud Map service and who registers in it. */
  String subject() {
    return id + " of "
        + registrants.keySet().stream()
            .sorted()
            .map(ServiceName::toString)
            .collect(Collectors.joining(", "));
  }
}
