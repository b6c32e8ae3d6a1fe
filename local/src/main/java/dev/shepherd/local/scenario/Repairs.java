package dev.shepherd.local.scenario;

import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.WorldService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, List<String>> configs = new HashMap<>();

  Repairs(ParameterStore parameters, Scenario scenario) {
    this.parameters = parameters;
    this.scenario = scenario;
    scenario
        .fleets()
        .forEach(fleet -> fleet.services().stream()
            .map(ServiceSpec::name)
            .distinct()
            .forEach(
                name -> configs.computeIfAbsent(name, _ -> new ArrayList<>()).add(fleet.config())));
  }

  boolean isForbidden(WorldService service) {
    List<String> read = configs.getOrDefault(service.name(), List.of());
    return isAlone(service)
        || (!read.isEmpty() && read.stream().allMatch(config -> percent(config) == 0));
  }

  private static boolean isAlone(WorldService service) {
    return service.desiredCount() == 1
        && (service.settings().schedulingStrategy() == SchedulingStrategy.DAEMON
            || service.settings().deploymentConfiguration().maximumPercent() < SUCCESSOR_FIRST);
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
