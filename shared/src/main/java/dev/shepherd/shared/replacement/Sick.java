package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerTraits;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A collector that exited while its task runs on, or is UNHEALTHY.
 *
 * @param what it did, for people
 * @param byHealth whether only its check says so
 */
public record Sick(
    ServiceState service, TaskState task, Collector collector, String what, boolean byHealth) {
  /** The first sick collector of a running task; empty when all are well, or still start. */
  public static Optional<Sick> of(ServiceState service, TaskState task) {
    if (!task.running()) {
      return Optional.empty();
    }
    return service.definition().collectors().stream()
        .flatMap(collector -> of(service, task, collector).stream())
        .findFirst();
  }

  private static Optional<Sick> of(ServiceState service, TaskState task, Collector collector) {
    return task.container(collector.container())
        .filter(ContainerState::isSick)
        .map(container -> new Sick(service, task, collector, what(container), container.running()));
  }

  private static String what(ContainerState container) {
    return container.running()
        ? container.name() + " is UNHEALTHY"
        : container.name()
            + container.exitCode().map(code -> " exited with " + code).orElse(" ended")
            + container.reason().map(reason -> " (" + reason + ")").orElse("")
            + " while its task runs on";
  }

  /** Whether every collector of the task runs and, where it is checked, is HEALTHY. */
  static boolean isWell(ServiceState service, TaskState task) {
    return task.running()
        && service.definition().collectors().stream()
            .allMatch(collector -> task.container(collector.container())
                .filter(container -> container.running()
                    && (!collector.healthCheck()
                        || container.health() == ContainerState.Health.HEALTHY))
                .isPresent());
  }

  /** The task's id as it is remembered. */
  String id() {
    return ReplacementMarks.id(task.id());
  }

  /** Whether ECS does not look at its health yet. */
  boolean isInGrace(Instant now) {
    Duration grace = service.scheduling().healthGrace();
    return byHealth && !startedBefore(now.minus(grace));
  }

  private boolean startedBefore(Instant time) {
    return task.startedAt().map(at -> !at.isAfter(time)).orElse(false);
  }

  boolean startedAfter(Instant time) {
    return task.startedAt().map(time::isBefore).orElse(false);
  }

  /** How long its restart policy may take to start it again; absent when it has none. */
  Optional<Duration> restartPeriod() {
    return service.definition().containers().stream()
        .filter(traits -> traits.name().equals(collector.container()))
        .findFirst()
        .flatMap(ContainerTraits::restartPeriod);
  }
}
