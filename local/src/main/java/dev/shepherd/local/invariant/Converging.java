package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.List;

/**
 * Invariant 8: left in peace, fleets that neither policy nor a standing cause holds come to rest,
 * and nothing that a phase needed outlives it.
 */
final class Converging {
  private final Configs configs;

  Converging(Configs configs) {
    this.configs = configs;
  }

  void check(boolean converged, Checks checks) {
    boolean free = configs.terms().configs().stream().allMatch(this::isFree);
    checks.that(8, converged || !free, () -> "left in peace, the fleets have not come to rest");
    for (String config : configs.terms().configs()) {
      if (isFree(config)) {
        List<String> left =
            configs.standalone(config).stream().map(WorldTask::id).toList();
        checks.that(8, left.isEmpty(), () -> config + " keeps the probes or canaries " + left);
        List<String> drained = configs.services(config).stream()
            .flatMap(service -> service.tasks().values().stream())
            .filter(task -> task.isWanted() && isDrained(task))
            .map(WorldTask::id)
            .toList();
        checks.that(8, drained.isEmpty(), () -> config + " keeps the drain tags of " + drained);
      }
    }
  }

  private static boolean isDrained(WorldTask task) {
    return task.task().tags().stream().anyMatch(tag -> tag.key().equals("shepherd:drain"));
  }

  /** Whether neither an operator nor a cause that stands keeps the fleet from what it is to run. */
  private boolean isFree(String config) {
    JsonNode state = configs.state(config);
    boolean paused = configs
        .world()
        .parameters()
        .find(config)
        .map(parameter -> parameter.tags().getOrDefault("shepherd:paused", "").strip())
        .filter(value -> !value.equals("true"))
        .isEmpty();
    return !paused
        && !state.hasNonNull("held")
        && configs.services(config).stream().allMatch(this::isOrdinary);
  }

  /** What misbehaves by the text that it is to run is not for Shepherd to end. */
  private boolean isOrdinary(WorldService service) {
    return Configs.isLeftAlone(service)
        || service.tasks().values().stream()
            .filter(WorldTask::isRunning)
            .flatMap(task -> task.containers().stream())
            .noneMatch(configs.world().ecs()::misbehaves);
  }
}
