package dev.shepherd.local.world;

import java.util.Optional;

/** Passes on what becomes of tasks: to the bus, to Cloud Map, to the scheduler. */
final class TaskWatch implements TaskLifecycle.Listener {
  private final TaskEvents events;
  private final Registrar registrar;
  private final Sight sight;
  private Optional<EcsScheduler> scheduler = Optional.empty();

  TaskWatch(TaskEvents events, Registrar registrar, Sight sight) {
    this.sight = sight;
    this.events = events;
    this.registrar = registrar;
  }

  /** Who starts successors; known only after the lifecycle is. */
  void scheduler(EcsScheduler scheduler) {
    this.scheduler = Optional.of(scheduler);
  }

  @Override
  public void changed(WorldTask task, boolean announced) {
    registrar.changed(task);
    sight.changed(task.arn(), task::task);
    if (announced) {
      events.publish(task);
    }
    task.deployment()
        .ifPresent(deployment -> scheduler.ifPresent(each -> each.changed(task, deployment)));
    if (task.lastStatus().equals("STOPPED")) {
      task.place().host().ifPresent(host -> host.remove(task));
    }
  }

  @Override
  public void forgotten(WorldTask task) {
    sight.forget(task.arn());
    task.cluster().forget(task);
    task.service().ifPresent(service -> service.forget(task));
  }
}
