package dev.shepherd.local.scenario;

import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;

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

  /**
   * What Cloud Map shows of a service.
   *
   * @param instances Shepherd's and ECS's
   * @param wrong instances that are missing, or belong to no task
   */
  record Shown(int instances, int wrong) {}

  /** {@code extras}: tasks beside the service's own that may be registered with it. */
  Shown shown(WorldService service, List<WorldTask> extras) {
    int instances = 0;
    int wrong = 0;
    Set<Map.Entry<String, String>> needed = expected(service).entrySet();
    Set<Map.Entry<String, String>> allowed = addresses(extras.stream()).entrySet();
    for (ServiceRegistry registry : service.settings().serviceRegistries()) {
      Set<Map.Entry<String, String>> actual = actual(registry.registryArn()).entrySet();
      instances += actual.size();
      wrong += (int) needed.stream().filter(each -> !actual.contains(each)).count();
      wrong += (int) actual.stream()
          .filter(each -> !needed.contains(each) && !allowed.contains(each))
          .count();
    }
    return new Shown(instances, wrong);
  }

  private static Map<String, String> expected(WorldService service) {
    return addresses(service.tasks().values().stream());
  }

  private static Map<String, String> addresses(Stream<WorldTask> tasks) {
    Map<String, String> addresses = new TreeMap<>();
    tasks
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
