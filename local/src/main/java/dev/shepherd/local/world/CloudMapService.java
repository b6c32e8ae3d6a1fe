package dev.shepherd.local.world;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.Service;

/** A Cloud Map service with its instances. */
public final class CloudMapService {
  private final Service service;
  private final TreeMap<String, CloudMapInstance> instances = new TreeMap<>();
  private long revision = 1;

  CloudMapService(Service service) {
    this.service = service;
  }

  void put(CloudMapInstance instance) {
    instances.put(instance.id(), instance);
    revision++;
  }

  void remove(String instanceId) {
    instances.remove(instanceId);
    revision++;
  }

  /** A change of health does not move the revision. */
  void health(String instanceId, HealthStatus health) {
    instances.computeIfPresent(instanceId, (id, instance) -> instance.health(health));
  }

  /** As the API shows it, with the number of instances. */
  public Service service() {
    return service.toBuilder().instanceCount(instances.size()).build();
  }

  public String id() {
    return service.id();
  }

  public String name() {
    return service.name();
  }

  public String arn() {
    return service.arn();
  }

  /** Whether ECS or a caller may say how an instance is. */
  public boolean hasCustomHealth() {
    return service.healthCheckCustomConfig() != null;
  }

  /** By instance id. */
  public NavigableMap<String, CloudMapInstance> instances() {
    return Collections.unmodifiableNavigableMap(instances);
  }

  /** Rises with each registration and deregistration. */
  public long revision() {
    return revision;
  }
}
