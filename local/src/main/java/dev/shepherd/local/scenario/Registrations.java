package dev.shepherd.local.scenario;

import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.HealthStatus;

/** Whether Cloud Map shows a service's tasks and nothing else; foreign instances are no matter. */
final class Registrations {
  private static final Set<String> OWNED = Set.of("ECS_SERVICE_NAME", "SHEPHERD_FLEET");

  private final World world;

  Registrations(World world) {
    this.world = world;
  }

  /** True for a service without Cloud Map. */
  boolean areExact(WorldService service) {
    return service.settings().serviceRegistries().stream()
        .allMatch(registry -> expected(service).equals(actual(registry.registryArn())));
  }

  private static Map<String, String> expected(WorldService service) {
    Map<String, String> addresses = new TreeMap<>();
    service.tasks().values().stream()
        .filter(task -> task.isWanted() && task.isRunning())
        .filter(task -> task.task().healthStatus() != HealthStatus.UNHEALTHY)
        .forEach((WorldTask task) -> addresses.put(task.id(), task.address()));
    return addresses;
  }

  private Map<String, String> actual(String registry) {
    Map<String, String> addresses = new TreeMap<>();
    String id = registry.substring(registry.lastIndexOf('/') + 1);
    if (!world.cloudMap().services().containsKey(id)) {
      return addresses;
    }
    for (CloudMapInstance instance :
        world.cloudMap().service(registry).instances().values()) {
      if (instance.attributes().keySet().stream().anyMatch(OWNED::contains)) {
        addresses.put(instance.id(), instance.attributes().getOrDefault("AWS_INSTANCE_IPV4", ""));
      }
    }
    return addresses;
  }
}
