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
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;

/** Whether Cloud Map shows a service's tasks and nothing else; foreign instances are no matter. */
final class Registrations {
  private final World world;

  Registrations(World world) {
    this.world = world;
  }

  /** True for a service without Cloud Map. */
  boolean areExact(WorldService service) {
    return service.settings().serviceRegistries().stream()
        .allMatch(registry -> areExact(service, instances(registry.registryArn())));
  }

  /** Asked for every service every ten seconds: a loop over both sides, without copies. */
  private static boolean areExact(WorldService service, Map<String, CloudMapInstance> instances) {
    int expected = 0;
    for (WorldTask task : service.tasks().values()) {
      if (isExpected(task)) {
        CloudMapInstance instance = instances.get(task.id());
        if (instance == null || !isOwned(instance) || !leadsTo(task, instance)) {
          return false;
        }
        expected++;
      }
    }
    int owned = 0;
    for (CloudMapInstance instance : instances.values()) {
      owned += isOwned(instance) ? 1 : 0;
    }
    return owned == expected;
  }

  private static boolean isExpected(WorldTask task) {
    return task.isWanted() && task.isRunning() && !task.isSick();
  }

  private static boolean leadsTo(WorldTask task, CloudMapInstance instance) {
    return task.address().equals(address(instance));
  }

  private static String address(CloudMapInstance instance) {
    return instance.attributes().getOrDefault("AWS_INSTANCE_IPV4", "");
  }

  private static boolean isOwned(CloudMapInstance instance) {
    Map<String, String> attributes = instance.attributes();
    return attributes.containsKey("ECS_SERVICE_NAME") || attributes.containsKey("SHEPHERD_FLEET");
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
        .filter(Registrations::isExpected)
        .forEach((WorldTask task) -> addresses.put(task.id(), task.address()));
    return addresses;
  }

  private Map<String, String> actual(String registry) {
    Map<String, String> addresses = new TreeMap<>();
    for (CloudMapInstance instance : instances(registry).values()) {
      if (isOwned(instance)) {
        addresses.put(instance.id(), address(instance));
      }
    }
    return addresses;
  }

  private Map<String, CloudMapInstance> instances(String registry) {
    String id = registry.substring(registry.lastIndexOf('/') + 1);
    return world.cloudMap().services().containsKey(id)
        ? world.cloudMap().service(registry).instances()
        : Map.of();
  }
}
