package dev.shepherd.local.invariant;

import dev.shepherd.local.invariant.Sightings.SeenTask;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Invariant 3: a StopTask leaves {@code desired − max(1, ⌊desired × maxUnavailablePercent⌋)}
 * serving tasks, of those that the function saw and has not stopped itself; it never stops the only
 * one, and none where nothing may be unavailable.
 */
final class ServingTasksStayAboveBudget implements Rule {
  private final Configs configs;
  private final Sightings sightings;
  private final Set<String> stopped = new HashSet<>();

  ServingTasksStayAboveBudget(Configs configs, Sightings sightings) {
    this.configs = configs;
    this.sightings = sightings;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (act.is("ecs:StopTask")) {
      configs
          .task(act)
          .ifPresent(
              task -> task.service().ifPresent(service -> stops(act, task, service, checks)));
    }
  }

  private void stops(Act act, WorldTask task, WorldService service, Checks checks) {
    Optional<SeenTask> seen = sightings.task(act.caller(), task.id());
    boolean serves = seen.map(SeenTask::serving).orElse(task.isServing());
    List<SeenTask> others =
        sightings.tasks(act.caller(), task.cluster().arn(), "service:" + service.name()).stream()
            .filter(each -> !each.id().equals(task.id()) && !stopped.contains(each.id()))
            .toList();
    long othersServe = seen.isPresent()
        ? others.stream().filter(SeenTask::serving).count()
        : service.tasks().values().stream()
            .filter(each -> each.isServing() && !each.equals(task))
            .count();
    int desired = sightings.desired(act.caller(), service.arn()).orElse(service.desiredCount());
    int percent = percent(service);
    checks.that(
        3,
        percent > 0,
        () -> "%s stops a task of %s, where nothing may be unavailable"
            .formatted(act, service.name()));
    checks.that(
        3,
        desired > 1 && (othersServe > 0 || !serves),
        () -> "%s stops the only task of %s".formatted(act, service.name()));
    long least = desired - Math.max(1, desired * (long) percent / 100);
    checks.that(
        3,
        !serves || othersServe >= least,
        () -> "%s leaves %d serving tasks of %d in %s, fewer than %d"
            .formatted(act, othersServe, desired, service.name(), least));
  }

  private int percent(WorldService service) {
    return configs.taken(service.primary().definition()).stream()
        .mapToInt(taken -> configs.percent(
            taken.config(),
            "shepherd:max-unavailable-percent",
            0,
            50,
            configs.terms().maxUnavailablePercent()))
        .max()
        .orElse(0);
  }

  @Override
  public void after(Act act) {
    if (act.is("ecs:StopTask")) {
      stopped.add(act.name("task"));
    }
  }
}
