package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.shared.registration.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.servicediscovery.model.GetInstancesHealthStatusRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetInstancesHealthStatusResponse;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;

/**
 * What Cloud Map says of the health of instances. Only a service with a <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckCustomConfig.html">custom
 * check</a> lets callers say it; that is settled when the service is made.
 */
final class InstanceHealth {
  private static final int PAGE = 100;

  private final RegistrationAws aws;
  private final Map<String, Boolean> custom = new HashMap<>();

  InstanceHealth(RegistrationAws aws) {
    this.aws = aws;
  }

  boolean isCustom(Registry registry) {
    return custom.computeIfAbsent(
        registry.id(),
        id -> aws.getService(GetServiceRequest.builder().id(id).build())
                .service()
                .healthCheckCustomConfig()
            != null);
  }

  /** The same instances, Shepherd's with their health; none is asked for where there is none. */
  List<Instance> ofShepherds(Registry registry, List<Instance> instances, Set<String> clusters) {
    return of(registry, instances, instance -> instance.owner(clusters) == Instance.Owner.SHEPHERD);
  }

  /** The same instances, all with their health. */
  List<Instance> ofAll(Registry registry, List<Instance> instances) {
    return of(registry, instances, instance -> instance.healthy().isEmpty());
  }

  private List<Instance> of(
      Registry registry, List<Instance> instances, Predicate<Instance> asked) {
    List<String> ids = instances.stream().filter(asked).map(Instance::id).toList();
    if (ids.isEmpty() || !isCustom(registry)) {
      return instances;
    }
    Map<String, HealthStatus> says = new HashMap<>();
    for (List<String> chunk : Pages.chunks(ids, PAGE)) {
      says.putAll(read(registry.id(), chunk));
    }
    return instances.stream()
        .map(instance -> Optional.ofNullable(says.get(instance.id()))
            .filter(status -> status != HealthStatus.UNKNOWN)
            .map(status -> instance.healthy(status == HealthStatus.HEALTHY))
            .orElse(instance))
        .toList();
  }

  private Map<String, HealthStatus> read(String registry, List<String> instances) {
    Map<String, HealthStatus> says = new HashMap<>();
    Pages.all(
            token -> aws.getInstancesHealthStatus(GetInstancesHealthStatusRequest.builder()
                .serviceId(registry)
                .instances(instances)
                .maxResults(PAGE)
                .nextToken(token)
                .build()),
            answer -> List.copyOf(answer.status().entrySet()),
            GetInstancesHealthStatusResponse::nextToken)
        .forEach(entry -> says.put(entry.getKey(), entry.getValue()));
    return says;
  }
}
