package dev.shepherd.local.scenario;

import dev.shepherd.local.world.WorldTask;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tasks that functions have stopped and whose successors do not serve yet, by service. */
final class Gaps {
  private final Set<String> stopped = new HashSet<>();
  private final Set<String> served = new HashSet<>();
  private final Map<String, Integer> open = new HashMap<>();

  /** A function has stopped this task. */
  void stopped(String taskArn) {
    stopped.add(taskArn.substring(taskArn.lastIndexOf('/') + 1));
  }

  /** A task that serves for the first time closes a gap of its service. */
  void look(List<WorldTask> tasks) {
    for (WorldTask task : tasks) {
      String service = task.service().map(each -> each.arn()).orElse("");
      if (service.isEmpty()) {
        continue;
      }
      if (stopped.remove(task.id())) {
        open.merge(service, 1, Integer::sum);
      }
      if (task.isServing() && served.add(task.id())) {
        open.computeIfPresent(service, (name, count) -> count > 1 ? count - 1 : null);
      }
    }
  }

  /** How many there are. */
  int open() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }
}
