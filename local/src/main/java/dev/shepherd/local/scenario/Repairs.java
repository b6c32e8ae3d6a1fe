package dev.shepherd.local.scenario;

import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.WorldService;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;

/**
 * Where policy forbids to replace a task for its sick collector: nothing may be unavailable, or it
 * is the only one and ECS cannot start its successor first.
 */
final class Repairs {
  private static final String TAG = "shepherd:max-unavailable-percent";
  private static final int SUCCESSOR_FIRST = 200;

  private final ParameterStore parameters;
  private final Scenario scenario;

  Repairs(ParameterStore parameters, Scenario scenario) {
    this.parameters = parameters;
    this.scenario = scenario;
  }

  boolean isForbidden(WorldService service) {
    return isAlone(service)
        || (!configs(service).isEmpty()
            && configs(service).stream().allMatch(config -> percent(config) == 0));
  }

  private static boolean isAlone(WorldService service) {
    return service.desiredCount() == 1
        && (service.settings().schedulingStrategy() == SchedulingStrategy.DAEMON
            || service.settings().deploymentConfiguration().maximumPercent() < SUCCESSOR_FIRST);
  }

  private List<String> configs(WorldService service) {
    return scenario.fleets().stream()
        .filter(
            fleet -> fleet.services().stream().anyMatch(each -> each.name().equals(service.name())))
        .map(FleetSpec::config)
        .toList();
  }

  private int percent(String config) {
    return parameters
        .find(config)
        .map(parameter -> parameter.tags().getOrDefault(TAG, "").strip())
        .filter(text -> text.matches("[0-9]|[1-4][0-9]|50"))
        .map(Integer::parseInt)
        .orElseGet(() -> scenario.policy().percent("maxUnavailablePercent", 10));
  }
}
