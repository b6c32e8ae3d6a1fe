package dev.shepherd.local.scenario;

import dev.shepherd.local.world.WorldService;
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

  /**
   * A task that serves for the first time closes a gap of its service; so does a service that wants
   * no more than serve already.
   */
  void look(List<WorldTask> tasks) {
    for (WorldTask task : tasks) {
      if (isNews(task)) {
        task.service().ifPresent(service -> look(task, service.arn()));
      }
    }
    if (!open.isEmpty()) {
      tasks.stream()
          .flatMap(task -> task.service().stream())
          .distinct()
          .filter(Gaps::isFull)
          .forEach(service -> open.remove(service.arn()));
    }
  }

  private boolean isNews(WorldTask task) {
    return stopped.contains(task.id()) || (task.isServing() && !served.contains(task.id()));
  }

  private void look(WorldTask task, String service) {
    if (stopped.remove(task.id())) {
      open.merge(service, 1, Integer::sum);
    }
    if (task.isServing() && served.add(task.id())) {
      open.computeIfPresent(service, (name, count) -> count > 1 ? count - 1 : null);
    }
  }

  private static boolean isFull(WorldService service) {
    long serving =
        service.tasks().values().stream().filter(WorldTask::isServing).count();
    return serving >= service.desiredCount();
  }

  /** How many there are. */
  int open() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }
}
