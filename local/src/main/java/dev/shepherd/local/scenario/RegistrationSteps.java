package dev.shepherd.local.scenario;

import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.CloudMapService;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes wrong in Cloud Map: registrations that are stale, missing, wrong or nobody's. */
final class RegistrationSteps {
  private static final String ADDRESS = "AWS_INSTANCE_IPV4";

  private final World world;
  private final Timeline timeline;
  private final Random random;

  RegistrationSteps(World world, Timeline timeline, Random random) {
    this.world = world;
    this.timeline = timeline;
    this.random = random;
  }

  void orphan(Step.Orphan step) {
    CloudMapService service = service(step.service());
    for (int i = 0; i < step.instances(); i++) {
      Map<String, String> attributes = copy(service);
      attributes.put(ADDRESS, "10.0.255." + random.nextInt(1, 255));
      world.cloudMap().register(service.id(), taskId(), attributes);
    }
    say(step.service(), step.instances(), "of tasks that are gone appear");
  }

  void unregister(Step.Unregister step) {
    CloudMapService service = service(step.service());
    List<String> ids = new ArrayList<>(live(service).map(CloudMapInstance::id).toList());
    Collections.shuffle(ids, random);
    List<String> victims = ids.subList(0, Math.min(step.instances(), ids.size()));
    victims.forEach(id -> world.cloudMap().deregister(service.id(), id));
    say(step.service(), victims.size(), "of live tasks vanish");
  }

  void reuseIp(Step.ReuseIp step) {
    CloudMapService service = service(step.service());
    for (int i = 0; i < step.instances(); i++) {
      world.cloudMap().register(service.id(), taskId(), copy(service));
    }
    say(step.service(), step.instances(), "appear that carry a live task's address");
  }

  void foreign(Step.ForeignInstance step) {
    CloudMapService service = service(step.service());
    for (int i = 0; i < step.instances(); i++) {
      Map<String, String> attributes = Map.of(ADDRESS, "10.1.0." + random.nextInt(1, 255));
      world.cloudMap().register(service.id(), "foreign-" + random.nextInt(1 << 20), attributes);
    }
    say(step.service(), step.instances(), "appear that ECS did not make");
  }

  private CloudMapService service(String name) {
    return world.cloudMap().services().values().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Cloud Map service " + name));
  }

  /** The instances of tasks of the service that run, and are to. */
  private Stream<CloudMapInstance> live(CloudMapService service) {
    Set<String> tasks = world.ecs().clusters().values().stream()
        .flatMap(cluster -> cluster.services().values().stream())
        .filter(each -> each.name().equals(service.name()))
        .flatMap(each -> each.tasks().values().stream())
        .filter(task -> task.isRunning() && task.isWanted())
        .map(WorldTask::id)
        .collect(Collectors.toSet());
    return service.instances().values().stream().filter(instance -> tasks.contains(instance.id()));
  }

  /** The attributes that ECS gave to one of the live instances; its form when there is none. */
  private Map<String, String> copy(CloudMapService service) {
    List<CloudMapInstance> live = live(service).toList();
    return live.isEmpty()
        ? form(service.name())
        : new LinkedHashMap<>(live.get(random.nextInt(live.size())).attributes());
  }

  private Map<String, String> form(String service) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put(ADDRESS, "10.0.255.254");
    form.put("ECS_SERVICE_NAME", service);
    world.ecs().clusters().values().stream()
        .filter(cluster ->
            cluster.services().values().stream().anyMatch(each -> each.name().equals(service)))
        .findFirst()
        .ifPresent(cluster -> form.put("ECS_CLUSTER_NAME", cluster.name()));
    return form;
  }

  private String taskId() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  private void say(String service, int count, String what) {
    timeline.step(service, count + " registrations " + what);
  }
}
