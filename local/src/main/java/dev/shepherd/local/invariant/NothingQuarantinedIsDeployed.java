package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.invariant.Configs.Taken;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Invariant 1: what is in quarantine, on that image, is neither deployed nor run. */
final class NothingQuarantinedIsDeployed implements Rule {
  private final Configs configs;

  NothingQuarantinedIsDeployed(Configs configs) {
    this.configs = configs;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (act.is("ecs:UpdateService") || act.is("ecs:RunTask")) {
      started(act)
          .ifPresent(definition -> configs
              .taken(definition)
              .forEach(taken -> checks.that(
                  1,
                  !isQuarantined(taken),
                  () -> "%s starts %s:%d on %s, which is in quarantine"
                      .formatted(act, definition.family(), definition.revision(), taken.hash()))));
    }
  }

  /** Where none is named, a service starts its own again. */
  private Optional<TaskDefinition> started(Act act) {
    String named = act.text("taskDefinition");
    boolean forced = act.request().path("forceNewDeployment").asBoolean();
    return named.isEmpty()
        ? configs
            .service(act)
            .filter(_ -> forced)
            .map(service -> service.primary().definition())
        : configs.definition(named);
  }

  /** By name, ECS and the operator decide what is read, not Shepherd. */
  private boolean isQuarantined(Taken taken) {
    if (taken.way() == Configs.Way.BY_NAME) {
      return false;
    }
    for (JsonNode each : configs.state(taken.config()).path("quarantined")) {
      boolean same = each.path("hash").asText().equals(taken.hash());
      if (same && taken.image().contains(each.path("image").asText())) {
        return true;
      }
    }
    return false;
  }
}
