package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.List;

/** What a reading of a service's tasks still tells minutes later. */
public final class SeenLately {
  private SeenLately() {}

  /**
   * Those of the tasks that ended, or whose collectors were all well. One that was not is left out:
   * that it is late by now, or still sick, would be said of a time at which nobody looked.
   */
  public static List<TaskState> of(ServiceState service, List<TaskState> read) {
    return read.stream()
        .filter(task -> !task.running()
            || service.definition().collectors().stream()
                .allMatch(collector -> RunningTasks.isWell(collector, task)))
        .toList();
  }
}
