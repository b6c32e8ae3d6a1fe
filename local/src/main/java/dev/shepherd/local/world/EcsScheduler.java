package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Keeps services as they are asked to be, one look after each change of a service or of a task of
 * it; several changes share a look. A look:
 *
 * <ol>
 *   <li>starts what a deployment lacks, while maximumPercent (rounded down) leaves room;
 *   <li>stops sick tasks whose successors count as healthy; where there is no room for a successor,
 *       one sick task first;
 *   <li>drains older deployments, and what is too much of the newest, never below
 *       minimumHealthyPercent (rounded up) of tasks that count as healthy;
 *   <li>completes the deployment when nothing older is left and every task counts as healthy.
 * </ol>
 *
 * <p>An older deployment keeps the tasks that the minimum needs, and gets successors for those that
 * it loses, until the newest has enough. See <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html">rolling
 * deployments</a>.
 */
final class EcsScheduler {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Tasks started by one look; a service starts at most some hundred tasks a minute. */
  private static final int MAX_STARTS = 20;

  private static final Duration MAX_BACKOFF = Duration.ofMinutes(15);

  private final VirtualClock clock;
  private final ServiceEvents events;
  private final CircuitBreaker breaker;
  private final Predicate<WorldDeployment> start;
  private final TaskStops stops;

  /** {@code start} places one more task of a deployment; false when there is no place. */
  EcsScheduler(
      VirtualClock clock,
      ServiceEvents events,
      TaskLifecycle lifecycle,
      Predicate<WorldDeployment> start) {
    this.clock = clock;
    this.events = events;
    this.start = start;
    stops = new TaskStops(lifecycle);
    breaker = new CircuitBreaker(clock, events);
  }

  /** Asks for a look soon. */
  void look(WorldService service) {
    if (service.askForLook()) {
      clock.after(LOOK, () -> {
        service.takeLook();
        reconcile(service);
        service.changed();
      });
    }
  }

  /** Sorts a task that has changed, counts its failure, and asks for a look. */
  void changed(WorldTask task, WorldDeployment deployment) {
    boolean ended = deployment.active().contains(task) && !task.isWanted();
    deployment.track(task, isPastGrace(task, deployment));
    if (ended && isFailure(task)) {
      int failed = deployment.fail();
      deployment.nextStart(clock.instant().plus(backoff(failed)));
      if (failed == 3) {
        events.startImpaired(deployment.service());
      }
      breaker.failed(deployment, failed);
    }
    look(deployment.service());
  }

  /** Health counts only after the grace period; a look is due when it ends. */
  private boolean isPastGrace(WorldTask task, WorldDeployment deployment) {
    Integer grace = deployment.service().settings().healthCheckGracePeriodSeconds();
    if (grace == null || grace == 0 || !task.isSick() || !task.isWanted()) {
      return true;
    }
    Instant end = task.task().startedAt().plusSeconds(grace);
    boolean past = !end.isAfter(clock.instant());
    if (!past) {
      clock.at(end, () -> changed(task, deployment));
    }
    return past;
  }

  private static boolean isFailure(WorldTask task) {
    return !task.hasServed()
        && (task.task().stopCode() == TaskStopCode.TASK_FAILED_TO_START || task.isSick());
  }

  private static Duration backoff(int failed) {
    Duration backoff = Duration.ofSeconds(5L << Math.min(failed, 8));
    return backoff.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : backoff;
  }

  private void reconcile(WorldService service) {
    DeploymentBounds bounds = DeploymentBounds.of(service);
    WorldDeployment primary = service.primary();
    boolean given = primary.rolloutState() == DeploymentRolloutState.FAILED;
    primary.wanted(given ? Math.min(primary.wanted(), primary.good()) : service.desiredCount());
    List<WorldDeployment> all = List.copyOf(service.deployments()); // a rollback reorders them
    all.forEach(each -> start(each, bounds));
    all.forEach(each -> stops.stopSick(each, bounds));
    stops.drain(service, bounds);
    service.forgetDrained();
    if (service.isActive()) {
      finish(service);
    } else if (service.sum(WorldDeployment::occupying) == 0) {
      service.edit(each -> each.status("INACTIVE"));
    }
  }

  private void start(WorldDeployment deployment, DeploymentBounds bounds) {
    WorldService service = deployment.service();
    int room = bounds.most() - service.sum(WorldDeployment::occupying);
    int lacking = Math.min(deployment.wanted() - deployment.good(), room);
    if (lacking <= 0) {
      return;
    }
    if (deployment.nextStart().isAfter(clock.instant())) {
      clock.at(deployment.nextStart(), () -> look(service));
      return;
    }
    for (int i = 0; i < Math.min(lacking, MAX_STARTS); i++) {
      if (!start.test(deployment)) {
        events.unplaced(service);
        clock.after(Duration.ofMinutes(1), () -> look(service));
        return;
      }
    }
  }

  private void finish(WorldService service) {
    WorldDeployment primary = service.primary();
    boolean asDesired = service.deployments().size() == 1
        && primary.counting().size() == service.desiredCount()
        && primary.active().size() == service.desiredCount();
    if (asDesired && primary.rolloutState() == DeploymentRolloutState.IN_PROGRESS) {
      primary.edit(each -> each.rolloutState(DeploymentRolloutState.COMPLETED));
      service.completed(primary);
      events.completed(primary);
    }
    if (service.becomesSteady(asDesired)) {
      events.steady(service);
    }
  }
}
