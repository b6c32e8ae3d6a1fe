package dev.shepherd.functions.registration;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;

/**
 * A Cloud Map service that ECS services of a fleet register in.
 *
 * @param id its id
 * @param registrants those services, as last read
 */
record Registry(String id, Map<ServiceName, Service> registrants) {
  Registry {
    registrants = Map.copyOf(registrants);
  }

  /** The id in the ARN that a service's registry names. */
  static String idOf(ServiceRegistry registry) {
    return registry.registryArn().substring(registry.registryArn().lastIndexOf('/') + 1);
  }

  /** How this service registers its tasks here; empty when it does not. */
  Optional<ServiceRegistry> of(ServiceName service) {
    return Optional.ofNullable(registrants.get(service)).stream()
        .flatMap(found -> found.serviceRegistries().stream())
        .filter(each -> idOf(each).equals(id))
        .findFirst();
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
