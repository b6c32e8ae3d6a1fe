package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Takes each task through <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html">its
 * states</a>: PROVISIONING, PENDING (here it reads its secrets), ACTIVATING, RUNNING, DEACTIVATING,
 * STOPPING, DEPROVISIONING, STOPPED, a few seconds each. ACTIVATING, DEACTIVATING and STOPPING pass
 * without an event, so that versions come out as AWS's samples show them: 3 at RUNNING, 6 at
 * STOPPED.
 */
final class TaskLifecycle {
  private static final Duration SETTLE = Duration.ofSeconds(40);
  private static final Duration KEPT_STOPPED = Duration.ofHours(1);

  /** Hears every change, and whether AWS would tell of it. */
  interface Listener {
    void changed(WorldTask task, boolean announced);

    /** An hour after it stopped. */
    void forgotten(WorldTask task);
  }

  private final VirtualClock clock;
  private final SplittableRandom random;
  private final Secrets secrets;
  private final Shortages shortages;
  private final ContainerLife containers;
  private final Listener listener;

  TaskLifecycle(
      VirtualClock clock,
      SplittableRandom random,
      Secrets secrets,
      Shortages shortages,
      Behaviours behaviours,
      Listener listener) {
    this.clock = clock;
    this.random = random;
    this.secrets = secrets;
    this.shortages = shortages;
    this.listener = listener;
    containers = new ContainerLife(clock, behaviours, this);
  }

  ContainerLife containers() {
    return containers;
  }

  /** Tells of a task that has just been placed, and takes it on. */
  void start(WorldTask task) {
    changed(task, true);
    boolean fargate = task.task().launchType() == LaunchType.FARGATE;
    after(task, fargate ? 2_000 : 500, fargate ? 4_000 : 500, this::pend);
  }

  private void pend(WorldTask task) {
    Instant now = clock.instant();
    task.edit(each -> each.lastStatus("PENDING").connectivity("CONNECTED").connectivityAt(now));
    changed(task, true);
    secrets
        .read(task)
        .ifPresentOrElse(
            why -> after(
                task, 5_000, 5_000, each -> stop(each, TaskStopCode.TASK_FAILED_TO_START, why)),
            () -> pull(task));
  }

  private void pull(WorldTask task) {
    task.edit(each -> each.pullStartedAt(clock.instant()));
    Optional<WorldContainer> withoutImage = task.containers().stream()
        .filter(each -> shortages.deniesImage(each.container().image()))
        .findFirst();
    withoutImage.ifPresentOrElse(
        container -> after(task, 8_000, 8_000, each -> failToPull(each, container)),
        () -> after(task, 4_000, 9_000, this::activate));
  }

  private void failToPull(WorldTask task, WorldContainer container) {
    String why = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed"
        + " to resolve ref %s: not found".formatted(container.container().image());
    container.edit(each -> each.reason(why));
    boolean fargate = task.task().launchType() == LaunchType.FARGATE;
    stop(task, TaskStopCode.TASK_FAILED_TO_START, fargate ? why : "Task failed to start");
  }

  private void activate(WorldTask task) {
    task.edit(each -> each.lastStatus("ACTIVATING").pullStoppedAt(clock.instant()));
    changed(task, false);
    after(task, 1_000, 2_000, this::run);
  }

  private void run(WorldTask task) {
    task.edit(each -> each.lastStatus("RUNNING").startedAt(clock.instant()));
    task.containers().forEach(each -> containers.start(task, each));
    task.weighHealth();
    changed(task, true);
    if (!task.isChecked()) {
      plan(task, SETTLE, this::settle);
    }
  }

  private void settle(WorldTask task) {
    task.settle();
    changed(task, false);
  }

  /** Begins to stop a task, for this reason; one that is stopping already goes on as it was. */
  void stop(WorldTask task, TaskStopCode code, String reason) {
    if (!task.isWanted()) {
      return;
    }
    task.newEpoch();
    task.service().ifPresent(service -> service.leave(task));
    Instant now = clock.instant();
    boolean ran = task.isRunning();
    task.edit(each ->
        each.desiredStatus("STOPPED").stopCode(code).stoppedReason(reason).stoppingAt(now));
    changed(task, true);
    if (ran) {
      after(task, 500, 1_500, this::deactivate);
    } else {
      after(task, 500, 1_500, this::deprovision);
    }
  }

  private void deactivate(WorldTask task) {
    task.edit(each -> each.lastStatus("DEACTIVATING"));
    changed(task, false);
    after(task, 1_000, 2_000, this::terminate);
  }

  private void terminate(WorldTask task) {
    task.edit(each -> each.lastStatus("STOPPING"));
    changed(task, false);
    after(task, 1_000, 4_000, this::deprovision);
  }

  private void deprovision(WorldTask task) {
    task.containers().forEach(ContainerLife::end);
    task.edit(each -> each.lastStatus("DEPROVISIONING").executionStoppedAt(clock.instant()));
    changed(task, true);
    after(task, 2_000, 6_000, this::finish);
  }

  private void finish(WorldTask task) {
    task.edit(each -> each.lastStatus("STOPPED").stoppedAt(clock.instant()));
    EcsTags.stopped(task);
    TaskNetwork.release(task);
    changed(task, true);
    plan(task, KEPT_STOPPED, listener::forgotten);
  }

  /** A container has ended by itself; an essential one takes its task along. */
  void exited(WorldTask task, WorldContainer container) {
    if (container.isEssential() && task.isWanted()) {
      stop(task, TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
    } else {
      changed(task, true);
    }
  }

  /** The health of a container has changed; of that no event tells. */
  void healthChanged(WorldTask task) {
    HealthStatus before = task.task().healthStatus();
    task.weighHealth();
    if (task.task().healthStatus() != before) {
      changed(task, false);
    }
  }

  private void changed(WorldTask task, boolean announced) {
    if (announced) {
      task.countChange();
    }
    listener.changed(task, announced);
  }

  private void after(WorldTask task, int leastMillis, int spreadMillis, Consumer<WorldTask> step) {
    plan(task, Duration.ofMillis(leastMillis + random.nextInt(spreadMillis)), step);
  }

  private void plan(WorldTask task, Duration delay, Consumer<WorldTask> step) {
    int epoch = task.epoch();
    clock.after(delay, () -> {
      if (task.epoch() == epoch) {
        step.accept(task);
      }
    });
  }
}
