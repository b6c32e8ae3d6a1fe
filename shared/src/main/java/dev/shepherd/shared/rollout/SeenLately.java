package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.List;

/** What a reading of a service's tasks still tells minutes later. */
public final class SeenLately {
  private SeenLately() {}

  /**
   * Those of the tasks of which something was certain: that they ended, or that each of their
   * collectors was well or had failed. One that was still on its way to be well is left out: that
   * it is late by now would be said of a time at which nobody looked.
   */
  public static List<TaskState> of(ServiceState service, List<TaskState> read) {
    return read.stream()
        .filter(task -> !task.running()
            || service.definition().collectors().stream()
                .allMatch(collector -> isCertain(collector, task)))
        .toList();
  }

  private static boolean isCertain(Collector collector, TaskState task) {
    return RunningTasks.isWell(collector, task)
        || task.container(collector.container()).filter(ContainerState::isSick).isPresent();
  }
}
