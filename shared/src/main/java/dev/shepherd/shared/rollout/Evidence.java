package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which collectors on a revision failed by themselves:
 *
 * <ol>
 *   <li>exited while the task ran on;
 *   <li>ended the task, being essential, with an exit code of its own (or out of memory), while no
 *       other container did so;
 *   <li>turned UNHEALTHY, or were it when ECS took the task down for that;
 *   <li>were not well within {@code start} of the task's start;
 *   <li>exited or turned UNHEALTHY, and had their task replaced by Shepherd for that a moment ago.
 * </ol>
 *
 * <p>What any other stop took down is no evidence: StopTask, scaling, a deployment, Spot. A
 * container that a stop kills ends with 143 (SIGTERM) or 137 (SIGKILL); 137 is its own doing only
 * where <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html">ECS
 * says that it ran out of memory</a>.
 */
final class Evidence {
  private static final Set<Integer> STOPPED_FROM_OUTSIDE = Set.of(137, 143);

  /** Three looks: the repair of sick collectors does not wait for this function's next one. */
  private static final Duration REPLACED = Duration.ofMinutes(3);

  private final ServiceName service;
  private final List<Collector> collectors;
  private final Duration start;
  private final Instant now;

  /**
   * Of one service.
   *
   * @param collectors its collectors, as its definition has them
   * @param start how long one may take to be well
   */
  Evidence(ServiceName service, List<Collector> collectors, Duration start, Instant now) {
    this.service = service;
    this.collectors = collectors;
    this.start = start;
    this.now = now;
  }

  /**
   * At most one failure of each task.
   *
   * @param tasks those on the config that is judged
   * @param since only what ended after that counts
   */
  List<Failure> of(Stream<TaskState> tasks, Instant since) {
    return tasks
        .filter(task -> task.stop().map(stop -> !stop.at().isBefore(since)).orElse(true))
        .flatMap(task -> collectors.stream()
            .flatMap(collector -> failure(task, collector).stream())
            .limit(1))
        .toList();
  }

  private Optional<Failure> failure(TaskState task, Collector collector) {
    return task.container(collector.container())
        .flatMap(container -> task.stop()
            .map(stop -> afterEnd(task, stop, collector, container))
            .orElseGet(() -> whileRunning(task, collector, container)))
        .map(text ->
            new Failure(service, task.id(), collector.container(), collector.binary(), text));
  }

  private Optional<String> whileRunning(
      TaskState task, Collector collector, ContainerState container) {
    if (container.exitCode().isPresent()) {
      return Optional.of(ended(container) + " while its task runs on");
    }
    if (container.health() == Health.UNHEALTHY) {
      return Optional.of("turned UNHEALTHY");
    }
    boolean well =
        container.running() && (!collector.healthCheck() || container.health() == Health.HEALTHY);
    boolean late = task.startedAt().map(at -> at.plus(start).isBefore(now)).orElse(false);
    return late && !well
        ? Optional.of("was not well within " + start.toMinutes() + " min")
        : Optional.empty();
  }

  private Optional<String> afterEnd(
      TaskState task, TaskState.Stop stop, Collector collector, ContainerState container) {
    if (isReplaced(task, stop)) {
      boolean exited = endedByItself(container);
      return exited || container.health() == Health.UNHEALTHY
          ? Optional.of(
              (exited ? ended(container) : "turned UNHEALTHY") + ", and Shepherd replaced its task")
          : Optional.empty();
    }
    if (stop.code().equals("EssentialContainerExited")) {
      boolean own = collector.essential() && endedByItself(container);
      // An app that ends well when it is told to is no culprit, unless nobody else is.
      boolean clean = container.exitCode().equals(Optional.of(0));
      boolean others = task.containers().stream()
          .filter(other -> !other.name().equals(container.name()))
          .filter(other -> clean || !other.exitCode().equals(Optional.of(0)))
          .anyMatch(Evidence::endedByItself);
      return own && !others
          ? Optional.of(ended(container) + " and ended its task")
          : Optional.empty();
    }
    // ECS's text; only its beginning is relied on, and the container's own health.
    boolean forHealth = stop.reason().startsWith("Task failed container health checks");
    return forHealth && collector.essential() && container.health() == Health.UNHEALTHY
        ? Optional.of("turned UNHEALTHY, and ECS replaced its task")
        : Optional.empty();
  }

  /** Shepherd stops a service's task only because a collector in it has failed. */
  private boolean isReplaced(TaskState task, TaskState.Stop stop) {
    return stop.reason().startsWith(ExtrasWatch.OURS)
        && task.deployment().startsWith("ecs-svc/")
        && !stop.at().plus(REPLACED).isBefore(now);
  }

  private static boolean endedByItself(ContainerState container) {
    return container
        .exitCode()
        .filter(code -> !STOPPED_FROM_OUTSIDE.contains(code) || isOutOfMemory(container))
        .isPresent();
  }

  private static boolean isOutOfMemory(ContainerState container) {
    return container.reason().filter(reason -> reason.startsWith("OutOfMemory")).isPresent();
  }

  private static String ended(ContainerState container) {
    return "exited with " + container.exitCode().orElse(0)
        + container.reason().map(reason -> " (" + reason + ")").orElse("");
  }
}
