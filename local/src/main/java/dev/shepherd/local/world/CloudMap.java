package dev.shepherd.local.world;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicediscovery.model.CreateServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.Namespace;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceType;
import software.amazon.awssdk.services.servicediscovery.model.Operation;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.OperationTargetType;
import software.amazon.awssdk.services.servicediscovery.model.OperationType;
import software.amazon.awssdk.services.servicediscovery.model.Service;

/** Namespaces, services and the instances in them. What callers register takes a moment. */
// Over 200 lines: namespaces, services, instances and operations refuse one another.
public final class CloudMap {
  private static final Duration PROPAGATION = Duration.ofSeconds(2);

  /**
   * <a href=
   * "https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckCustomConfig.html">About 30
   * seconds</a>, in which a contrary call takes the change back.
   */
  private static final Duration HEALTH_DELAY = Duration.ofSeconds(30);

  private final VirtualClock clock;
  private final Ids ids;
  private final Sight sight;
  private final TreeMap<String, Namespace> namespaces = new TreeMap<>();
  private final TreeMap<String, CloudMapService> services = new TreeMap<>();
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, String> pending = new HashMap<>();
  private final Map<String, HealthStatus> asked = new HashMap<>();
  private final CloudMapTags tags = new CloudMapTags();

  CloudMap(VirtualClock clock, Ids ids, Sight sight) {
    this.clock = clock;
    this.sight = sight;
    this.ids = ids;
  }

  /** By id. */
  public NavigableMap<String, Namespace> namespaces() {
    return Collections.unmodifiableNavigableMap(namespaces);
  }

  /** By id. */
  public NavigableMap<String, CloudMapService> services() {
    return Collections.unmodifiableNavigableMap(services);
  }

  /** Makes a namespace at once; a name is used once for each type. */
  public Namespace createNamespace(String name, NamespaceType type) {
    for (Namespace each : namespaces.values()) {
      if (each.name().equals(name) && each.type() == type) {
        throw AwsFailure.refused(
                "NamespaceAlreadyExists",
                "Namespace with same name and type already exists: " + each.id())
            .with("NamespaceId", each.id());
      }
    }
    String id = "ns-" + ids.letters();
    Namespace namespace = Namespace.builder()
        .id(id)
        .arn(Arns.of("servicediscovery", "namespace/" + id))
        .name(name)
        .type(type)
        .properties(each -> each.httpProperties(http -> http.httpName(name)))
        .createDate(clock.instant())
        .build();
    namespaces.put(id, namespace);
    tags.made(namespace.arn());
    return namespace;
  }

  /** Makes a service in the namespace that the request names. */
  public CloudMapService createService(CreateServiceRequest request) {
    String namespaceId =
        namespace(Optional.ofNullable(request.namespaceId()).orElse("")).id();
    if (request.healthCheckConfig() != null && request.healthCheckCustomConfig() != null) {
      throw AwsFailure.refused(
          "InvalidInput", "A service has a health check or a custom health check, not both.");
    }
    find(namespaceId, request.name()).ifPresent(each -> {
      throw AwsFailure.refused("ServiceAlreadyExists", "Service already exists: " + request.name())
          .with("ServiceId", each.id())
          .with("ServiceArn", each.arn());
    });
    String id = "srv-" + ids.letters();
    CloudMapService service = new CloudMapService(
        Service.builder()
            .id(id)
            .arn(Arns.of("servicediscovery", "service/" + id))
            .name(request.name())
            .namespaceId(namespaceId)
            .description(request.description())
            .dnsConfig(request.dnsConfig())
            .type(request.dnsConfig() == null ? "HTTP" : "DNS_HTTP")
            .healthCheckConfig(request.healthCheckConfig())
            .healthCheckCustomConfig(request.healthCheckCustomConfig())
            .createDate(clock.instant())
            .build(),
        sight);
    services.put(id, service);
    tags.made(service.arn());
    tags.add(service.arn(), request.tags());
    return service;
  }

  /** Tags of namespaces and services. */
  public CloudMapTags tags() {
    return tags;
  }

  /** Deletes a service at once; ResourceInUse while it holds instances. */
  public void deleteService(String idOrArn) {
    CloudMapService service = service(idOrArn);
    if (!service.instances().isEmpty()) {
      throw AwsFailure.refused("ResourceInUse", "Service contains registered instances");
    }
    services.remove(service.id());
    tags.forget(service.arn());
  }

  /** By id or ARN, or NamespaceNotFound. */
  public Namespace namespace(String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    return Optional.ofNullable(namespaces.get(id))
        .orElseThrow(
            () -> AwsFailure.refused("NamespaceNotFound", "Namespace not found: " + idOrArn));
  }

  /** Deletes a namespace; ResourceInUse while it holds services. */
  public void deleteNamespace(String idOrArn) {
    String id = namespace(idOrArn).id();
    if (services.values().stream().anyMatch(each -> each.service().namespaceId().equals(id))) {
      throw AwsFailure.refused("ResourceInUse", "Namespace contains services");
    }
    tags.forget(namespace(id).arn());
    namespaces.remove(id);
  }

  /** Whether there is a service of this id or ARN. */
  boolean hasService(String idOrArn) {
    return services.containsKey(idOrArn.substring(idOrArn.lastIndexOf('/') + 1));
  }

  private Optional<CloudMapService> find(String namespaceId, String name) {
    return services.values().stream()
        .filter(each -> each.service().namespaceId().equals(namespaceId))
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  /** By id or ARN, or ServiceNotFound. */
  public CloudMapService service(String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    return Optional.ofNullable(services.get(id))
        .orElseThrow(() -> AwsFailure.refused("ServiceNotFound", "Service not found: " + idOrArn));
  }

  /** By the names that DiscoverInstances takes. */
  public CloudMapService discover(String namespace, String service) {
    String id = namespaces.values().stream()
        .filter(each -> each.name().equals(namespace))
        .findFirst()
        .orElseThrow(
            () -> AwsFailure.refused("NamespaceNotFound", "Namespace not found: " + namespace))
        .id();
    return find(id, service)
        .orElseThrow(() -> AwsFailure.refused("ServiceNotFound", "Service not found: " + service));
  }

  /** Registers or replaces an instance at once, as ECS's own registrations appear. */
  public void register(String serviceId, String instanceId, Map<String, String> attributes) {
    HealthStatus health =
        HealthStatus.fromValue(attributes.getOrDefault("AWS_INIT_HEALTH_STATUS", "HEALTHY"));
    service(serviceId).put(new CloudMapInstance(instanceId, attributes, health));
  }

  /** Removes an instance at once; one that is not there stays away. */
  public void deregister(String serviceId, String instanceId) {
    CloudMapService service = service(serviceId);
    if (service.instances().containsKey(instanceId)) {
      service.remove(instanceId);
    }
  }

  /** Sets the custom health of an instance at once. */
  public void health(String serviceId, String instanceId, HealthStatus health) {
    service(serviceId).health(instanceId, health);
  }

  /**
   * A caller says how an instance is: it shows after a while, unless the contrary is said before.
   * InstanceNotFound, or CustomHealthNotFound where the service has no custom check.
   */
  public void askForHealth(String serviceId, String instanceId, HealthStatus health) {
    CloudMapService service = service(serviceId);
    if (!service.hasCustomHealth()) {
      throw AwsFailure.refused(
          "CustomHealthNotFound", "The service has no custom health check: " + serviceId);
    }
    CloudMapInstance instance = Optional.ofNullable(service.instances().get(instanceId))
        .orElseThrow(
            () -> AwsFailure.refused("InstanceNotFound", "Instance not found: " + instanceId));
    String pair = service.id() + " " + instanceId;
    if (health == instance.health()) {
      asked.remove(pair);
    } else if (asked.put(pair, health) == null) {
      clock.after(
          HEALTH_DELAY,
          () -> Optional.ofNullable(asked.remove(pair))
              .ifPresent(after -> service.health(instanceId, after)));
    }
  }

  /** Runs a change of one instance as an operation that succeeds after a moment; returns its id. */
  public String submit(OperationType type, String serviceId, String instanceId, Runnable change) {
    String pair = serviceId + " " + instanceId;
    if (pending.containsKey(pair)) {
      String other = Optional.ofNullable(pending.get(pair)).orElse("");
      throw AwsFailure.refused("DuplicateRequest", "Another operation is in progress: " + other)
          .with("DuplicateOperationId", other);
    }
    Operation operation = operation(type).toBuilder()
        .targets(Map.of(
            OperationTargetType.SERVICE, serviceId, OperationTargetType.INSTANCE, instanceId))
        .build();
    operations.put(operation.id(), operation);
    pending.put(pair, operation.id());
    clock.after(PROPAGATION, () -> {
      change.run();
      pending.remove(pair);
      succeed(operation);
    });
    return operation.id();
  }

  /** An operation on a namespace that is done already; returns its id. */
  public String done(OperationType type, String namespaceId) {
    Operation operation = operation(type).toBuilder()
        .targets(Map.of(OperationTargetType.NAMESPACE, namespaceId))
        .build();
    succeed(operation);
    return operation.id();
  }

  private Operation operation(OperationType type) {
    return Operation.builder()
        .id(ids.letters() + ids.letters())
        .type(type)
        .status(OperationStatus.SUBMITTED)
        .createDate(clock.instant())
        .updateDate(clock.instant())
        .build();
  }

  private void succeed(Operation operation) {
    operations.put(
        operation.id(),
        operation.toBuilder()
            .status(OperationStatus.SUCCESS)
            .updateDate(clock.instant())
            .build());
  }

  /** An operation as it stands, or OperationNotFound. */
  public Operation operation(String id) {
    return Optional.ofNullable(operations.get(id))
        .orElseThrow(() -> AwsFailure.refused("OperationNotFound", "Operation not found: " + id));
  }
}
