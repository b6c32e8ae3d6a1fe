package dev.shepherd.local.invariant;

import dev.shepherd.local.world.WorldTask;

/** Invariant 6: a run does nothing to a service of which it has listed only a part. */
final class ListingsAreWhole implements Rule {
  private final Configs configs;
  private final Sightings sightings;

  ListingsAreWhole(Configs configs, Sightings sightings) {
    this.configs = configs;
    this.sightings = sightings;
  }

  @Override
  public void before(Act act, Checks checks) {
    switch (act.operation()) {
      case "ecs:UpdateService" -> check(act, act.name("service"), checks);
      case "ecs:StopTask" ->
        configs
            .task(act)
            .flatMap(WorldTask::service)
            .ifPresent(service -> check(act, service.name(), checks));
      case "servicediscovery:RegisterInstance",
          "servicediscovery:DeregisterInstance",
          "servicediscovery:UpdateInstanceCustomHealthStatus" ->
        check(act, act.text("ServiceId"), checks);
      default -> {
        // Nothing that rests on a listing of a service.
      }
    }
  }

  private void check(Act act, String name, Checks checks) {
    checks.that(
        6,
        !sightings.isIncomplete(act.caller(), name),
        () -> act + " is done to " + name + ", of which the run has only a part");
  }
}
