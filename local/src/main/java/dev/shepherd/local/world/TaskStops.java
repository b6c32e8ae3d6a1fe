package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The tasks that a look stops: sick ones, those of older deployments, those too many. */
final class TaskStops {
  private final TaskLifecycle lifecycle;

  TaskStops(TaskLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** Stops sick tasks that are replaced; without room for a successor, one at a time. */
  void stopSick(WorldDeployment deployment, DeploymentBounds bounds) {
    WorldService service = deployment.service();
    int replaced = deployment.counting().size() + deployment.sick().size() - deployment.wanted();
    int occupying = service.sum(WorldDeployment::occupying);
    boolean leaving = occupying > service.sum(each -> each.active().size());
    boolean full = occupying >= bounds.most() && !leaving;
    boolean stuck = full && deployment.good() < deployment.wanted();
    int many = Math.min(deployment.sick().size(), Math.max(replaced, stuck ? 1 : 0));
    for (WorldTask task : first(deployment.sick(), many)) {
      lifecycle.stop(
          task, TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Task failed container health checks");
    }
  }

  /** Drains what is older than the newest deployment, and what that has too many. */
  void drain(WorldService service, DeploymentBounds bounds) {
    WorldDeployment primary = service.primary();
    List<WorldDeployment> older =
        new ArrayList<>(service.deployments().subList(1, service.deployments().size())).reversed();
    int kept = Math.max(0, bounds.least() - primary.counting().size());
    int tooMany = older.stream().mapToInt(each -> each.active().size()).sum() - kept;
    int spare = service.sum(each -> each.counting().size()) - bounds.least();
    for (WorldDeployment each : older) {
      tooMany -= scaleIn(each, notCounting(each, tooMany));
    }
    for (WorldDeployment each : older) {
      int stopped = scaleIn(each, first(each.counting(), Math.min(tooMany, spare)));
      tooMany -= stopped;
      spare -= stopped;
    }
    int surplus = primary.good() - service.desiredCount();
    surplus -= scaleIn(primary, notCounting(primary, surplus));
    scaleIn(primary, first(primary.counting().reversed(), surplus));
  }

  private static List<WorldTask> notCounting(WorldDeployment deployment, int many) {
    if (many <= 0 || deployment.active().size() == deployment.counting().size()) {
      return List.of();
    }
    return deployment.active().reversed().stream()
        .filter(task -> !deployment.counting().contains(task))
        .limit(many)
        .toList();
  }

  private static List<WorldTask> first(Collection<WorldTask> tasks, int many) {
    return tasks.stream().limit(Math.max(0, many)).toList();
  }

  private int scaleIn(WorldDeployment deployment, List<WorldTask> tasks) {
    for (WorldTask task : tasks) {
      lifecycle.stop(
          task,
          TaskStopCode.SERVICE_SCHEDULER_INITIATED,
          "Scaling activity initiated by (deployment " + deployment.id() + ")");
    }
    deployment.wanted(Math.max(0, deployment.wanted() - tasks.size()));
    return tasks.size();
  }
}
