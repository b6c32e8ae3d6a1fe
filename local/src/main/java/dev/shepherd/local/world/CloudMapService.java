package dev.shepherd.local.world;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.Service;

/** A Cloud Map service with its instances. */
public final class CloudMapService {
  private final Service service;
  private final Sight sight;
  private final TreeMap<String, CloudMapInstance> instances = new TreeMap<>();
  private long revision = 1;

  CloudMapService(Service service, Sight sight) {
    this.service = service;
    this.sight = sight;
    changed();
  }

  private void changed() {
    sight.changed(service.id(), () -> new TreeMap<>(instances));
  }

  void put(CloudMapInstance instance) {
    instances.put(instance.id(), instance);
    revision++;
    changed();
  }

  void remove(String instanceId) {
    instances.remove(instanceId);
    revision++;
    changed();
  }

  /** A change of health does not move the revision. */
  void health(String instanceId, HealthStatus health) {
    instances.computeIfPresent(instanceId, (id, instance) -> instance.health(health));
    changed();
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

  /** By instance id, as a reader sees them, who may look back. */
  @SuppressWarnings("unchecked") // what this class puts into its sight
  public NavigableMap<String, CloudMapInstance> seen() {
    return sight
        .seen(service.id(), NavigableMap.class, this::instances)
        .orElseGet(Collections::emptyNavigableMap);
  }

  /** Rises with each registration and deregistration. */
  public long revision() {
    return revision;
  }
}
