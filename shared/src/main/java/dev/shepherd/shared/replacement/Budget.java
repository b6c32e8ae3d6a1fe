package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerTraits;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many tasks of a service may be stopped now. A task that was stopped and may still be seen
 * running counts as missing, and so its successor pays for it once it serves.
 */
final class Budget {
  private final ServiceState service;
  private int running;
  private int serving;
  private int missing;

  Budget(ServiceState service, Predicate<TaskState> isStopped, ReplacementLimits limits) {
    this.service = service;
    List<TaskState> up = service.tasks().orElse(List.of()).stream()
        .filter(task -> task.running() && !isStopped.test(task))
        .toList();
    int least = service.desired() - limits.budget(service.desired());
    int serve = (int) up.stream().filter(this::isServing).count();
    running = up.size();
    serving = Math.min(serve, service.desired()) - least;
    missing = limits.budget(service.desired()) - Math.max(0, service.desired() - running);
  }

  /** Running, with every essential container up and not UNHEALTHY. */
  boolean isServing(TaskState task) {
    return service.definition().containers().stream()
        .filter(ContainerTraits::essential)
        .allMatch(traits -> task.container(traits.name())
            .filter(container ->
                container.running() && container.health() != ContainerState.Health.UNHEALTHY)
            .isPresent());
  }

  /** Whether this one may be stopped as well; then it is counted as stopped. */
  boolean spend(TaskState task) {
    boolean serves = isServing(task);
    if (running <= 1 || missing <= 0 || (serves && serving <= 0)) {
      return false;
    }
    running--;
    missing--;
    serving -= serves ? 1 : 0;
    return true;
  }
}
