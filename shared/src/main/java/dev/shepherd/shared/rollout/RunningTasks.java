package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service's running tasks say: are its collectors well, and which images run. */
final class RunningTasks {
  private RunningTasks() {}

  /**
   * As many tasks run as should, all on the primary deployment, and each collector in them runs
   * and, where it is checked, is HEALTHY. ECS's COMPLETED alone does not say so: it <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html">looks at
   * essential containers</a>.
   */
  static boolean areWell(ServiceState service, List<TaskState> tasks) {
    List<TaskState> running = tasks.stream().filter(TaskState::running).toList();
    return running.size() >= service.desired()
        && running.stream()
            .allMatch(task -> task.deployment().equals(service.primary().id())
                && service.definition().collectors().stream()
                    .allMatch(collector -> isWell(collector, task)));
  }

  static boolean isWell(Collector collector, TaskState task) {
    return task.container(collector.container())
        .filter(ContainerState::running)
        .filter(container ->
            !collector.healthCheck() || container.health() == ContainerState.Health.HEALTHY)
        .isPresent();
  }

  /** The one digest of each container in the running tasks; absent when a container has two. */
  static Optional<Map<String, String>> digests(ServiceState service, List<TaskState> tasks) {
    Map<String, String> digests = new HashMap<>();
    for (TaskState task : tasks) {
      if (!task.running() || !task.taskDefinition().equals(service.definition().arn())) {
        continue;
      }
      for (ContainerState container : task.containers()) {
        String digest = container.imageDigest().orElse("");
        String other = digest.isEmpty() ? null : digests.put(container.name(), digest);
        if (other != null && !other.equals(digest)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(digests);
  }

  /** How many percent of the services' collectors are well; all of none. */
  static int percentWell(List<ServiceState> services) {
    long all = 0;
    long well = 0;
    for (ServiceState service : services) {
      for (Collector collector : service.definition().collectors()) {
        List<TaskState> tasks = service.tasks().orElse(List.of());
        all += service.desired();
        well += Math.min(
            service.desired(),
            tasks.stream()
                .filter(TaskState::running)
                .filter(task -> isWell(collector, task))
                .count());
      }
    }
    return all == 0 ? 100 : (int) (well * 100 / all);
  }
}
