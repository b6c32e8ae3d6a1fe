package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.HealthStatus;

/** What becomes of a container once its task runs: health, crashes, restarts in place. */
final class ContainerLife {
  static final String OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage";

  private final VirtualClock clock;
  private final Behaviours behaviours;
  private final TaskLifecycle tasks;

  ContainerLife(VirtualClock clock, Behaviours behaviours, TaskLifecycle tasks) {
    this.clock = clock;
    this.behaviours = behaviours;
    this.tasks = tasks;
  }

  void start(WorldTask task, WorldContainer container) {
    container.started(clock.instant());
    behave(task, container);
  }

  /** Plans what the container does next, by the text that it reads; earlier plans are dropped. */
  void behave(WorldTask task, WorldContainer container) {
    Plan plan = new Plan(task, container, container.newLife());
    switch (behaviours.of(container)) {
      case Behaviour.Ok _ -> plan.pass();
      case Behaviour.Crash(Duration after) -> {
        plan.pass();
        plan.at(after, () -> exit(task, container, 1, ""));
      }
      case Behaviour.Oom(Duration after) -> {
        plan.pass();
        plan.at(after, () -> exit(task, container, 137, OUT_OF_MEMORY));
      }
      case Behaviour.Unhealthy(Duration after) -> {
        if (container.isChecked() && after.compareTo(container.firstCheck()) > 0) {
          plan.pass();
        }
        plan.at(after, () -> turn(task, container, HealthStatus.UNHEALTHY));
      }
      case Behaviour.NeverHealthy _ -> {
        if (container.isChecked()) {
          plan.at(container.verdict(), () -> turn(task, container, HealthStatus.UNHEALTHY));
        }
      }
    }
  }

  private final class Plan {
    private final WorldTask task;
    private final WorldContainer container;
    private final int life;

    Plan(WorldTask task, WorldContainer container, int life) {
      this.task = task;
      this.container = container;
      this.life = life;
    }

    /** The first check after now, or after the start, passes. */
    void pass() {
      if (container.isChecked()) {
        Instant first = container.startedAt().plus(container.firstCheck());
        Instant next = clock.instant().plus(container.firstCheck());
        at(first.isBefore(clock.instant()) ? next : first, this::healthy);
      }
    }

    private void healthy() {
      turn(task, container, HealthStatus.HEALTHY);
    }

    void at(Duration sinceStart, Runnable action) {
      at(container.startedAt().plus(sinceStart), action);
    }

    private void at(Instant time, Runnable action) {
      clock.at(time, () -> {
        if (container.lives(life)) {
          action.run();
        }
      });
    }
  }

  /** Sets the health as its check sees it, unless a scenario has fixed it. */
  private void turn(WorldTask task, WorldContainer container, HealthStatus health) {
    if (!container.isHealthFixed()) {
      set(task, container, health);
    }
  }

  /** Fixes the health of this container for the rest of its life. */
  void fix(WorldTask task, WorldContainer container, HealthStatus health) {
    if (container.isRunning() && container.isChecked()) {
      container.fixHealth();
      set(task, container, health);
    }
  }

  private void set(WorldTask task, WorldContainer container, HealthStatus health) {
    container.edit(each -> each.healthStatus(health));
    tasks.healthChanged(task);
  }

  /** The container ends by itself; its restart policy may start it again in place. */
  void exit(WorldTask task, WorldContainer container, int exitCode, String reason) {
    if (!container.isRunning()) {
      return;
    }
    if (restarts(container, exitCode)) {
      start(task, container);
      tasks.healthChanged(task);
      return;
    }
    container.newLife();
    container.edit(each -> each.lastStatus("STOPPED").exitCode(exitCode));
    if (!reason.isEmpty()) {
      container.edit(each -> each.reason(reason));
    }
    task.weighHealth();
    tasks.exited(task, container);
  }

  private boolean restarts(WorldContainer container, int exitCode) {
    ContainerRestartPolicy policy = container.definition().restartPolicy();
    if (policy == null
        || !Boolean.TRUE.equals(policy.enabled())
        || policy.ignoredExitCodes().contains(exitCode)) {
      return false;
    }
    int period = policy.restartAttemptPeriod() == null ? 300 : policy.restartAttemptPeriod();
    return !container.startedAt().plusSeconds(period).isAfter(clock.instant());
  }

  /** The task is being taken down: what still runs ends with code 0. */
  static void end(WorldContainer container) {
    container.newLife();
    boolean ran = container.isRunning();
    container.edit(each -> each.lastStatus("STOPPED"));
    if (ran) {
      container.edit(each -> each.exitCode(0));
    }
  }
}
