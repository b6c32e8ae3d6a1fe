package dev.shepherd.local.invariant;

import dev.shepherd.local.invariant.Sightings.SeenTask;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.world.CloudMapService;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Invariant 4: the instance of a live task that is neither drained nor UNHEALTHY stays; a service
 * with a healthy running task keeps an instance; a run takes out at most its percent, or one.
 */
final class LiveTasksStayRegistered implements Rule {
  private final Configs configs;
  private final Sightings sightings;
  private final Map<String, Set<String>> taken = new HashMap<>();
  private final Map<String, Caller> runs = new HashMap<>();

  LiveTasksStayRegistered(Configs configs, Sightings sightings) {
    this.configs = configs;
    this.sightings = sightings;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (act.is("servicediscovery:DeregisterInstance")) {
      String registry = act.text("ServiceId");
      String instance = act.text("InstanceId");
      CloudMapService service = configs.world().cloudMap().service(registry);
      checks.that(
          4,
          !isToStay(act, instance),
          () ->
              "%s takes out %s of %s, whose task is live".formatted(act, instance, service.name()));
      Set<String> out = new HashSet<>(takenOut(act));
      out.add(instance);
      List<String> listed = sightings
          .instances(act.caller(), registry)
          .orElse(List.copyOf(service.instances().keySet()));
      long left = listed.stream().filter(each -> !out.contains(each)).count();
      checks.that(
          4,
          left > 0 || !hasHealthyTask(service),
          () -> "%s empties %s, which has a healthy task".formatted(act, service.name()));
      int most = Math.max(1, listed.size() * configs.terms().maxDeregisterPercent() / 100);
      checks.that(
          4,
          out.size() <= most,
          () -> "%s takes the %dth of %d instances out of %s in one run"
              .formatted(act, out.size(), listed.size(), service.name()));
    }
  }

  private Set<String> takenOut(Act act) {
    String registry = act.text("ServiceId");
    return act.caller().equals(runs.get(registry))
        ? taken.getOrDefault(registry, Set.of())
        : Set.of();
  }

  @Override
  public void after(Act act) {
    if (act.is("servicediscovery:DeregisterInstance")) {
      Set<String> out = new HashSet<>(takenOut(act));
      out.add(act.text("InstanceId"));
      taken.put(act.text("ServiceId"), out);
      runs.put(act.text("ServiceId"), act.caller());
    }
  }

  private boolean isToStay(Act act, String instance) {
    Optional<WorldTask> task = find(instance);
    boolean live = sightings
        .task(act.caller(), instance)
        .map(SeenTask::live)
        .orElse(task.filter(each -> each.isWanted() && each.isRunning()).isPresent());
    return live
        && !sightings.hasMissed(act.caller(), instance)
        && task.filter(each -> !each.isSick())
            .filter(each -> each.task().tags().stream()
                .noneMatch(
                    tag -> tag.key().equals("shepherd:drain") && tag.value().equals("true")))
            .isPresent();
  }

  private Optional<WorldTask> find(String id) {
    return configs.world().ecs().clusters().values().stream()
        .flatMap(cluster -> Optional.ofNullable(cluster.tasks().get(id)).stream())
        .findFirst();
  }

  private boolean hasHealthyTask(CloudMapService registry) {
    return configs.world().ecs().clusters().values().stream()
        .flatMap(cluster -> cluster.services().values().stream())
        .filter(WorldService::isActive)
        .filter(service -> service.settings().serviceRegistries().stream()
            .anyMatch(each -> each.registryArn().equals(registry.arn())))
        .flatMap(service -> service.tasks().values().stream())
        .anyMatch(WorldTask::isServing);
  }
}
