package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.List;
import java.util.Optional;

/**
 * Whether a restart that was asked for is carried out, by forcing a deployment: only where the
 * world says the same as the request, so that one that is late, doubled or forged does nothing.
 *
 * <ol>
 *   <li>The service is Shepherd's to roll, REPLICA, has one task, and may have two meanwhile, so
 *       that the successor starts first.
 *   <li>No deployment is in progress, and no rollout is about to begin one; one that is held, or
 *       has brought the service to live and waits for its collectors, does not count.
 *   <li>Its successor would read a proven text.
 *   <li>The one task that runs is the one that the request names, and a collector in it exited or
 *       is UNHEALTHY.
 * </ol>
 */
public final class RestartRule {
  private RestartRule() {}

  /**
   * Why not; empty when the deployment is to be forced.
   *
   * @param service with its tasks, and the collectors of all its fleets
   * @param task the id in the request, or as much of it as was remembered
   * @param states what is remembered of the rollouts of those fleets
   * @param sourceIsLive whether tasks by name would read live's text
   */
  public static Optional<String> refusal(
      ServiceState service, String task, List<RolloutState> states, boolean sourceIsLive) {
    return ofService(service)
        .or(() -> ofRollout(service, states, sourceIsLive))
        .or(() -> ofTask(service, task));
  }

  private static Optional<String> ofService(ServiceState service) {
    if (service.owner() != ServiceState.Owner.SHEPHERD) {
      return Optional.of("the service is not Shepherd's to roll");
    }
    if (service.desired() != 1) {
      return Optional.of("the service is to have " + service.desired() + " tasks, not one");
    }
    return service.scheduling().startsSuccessorFirst()
        ? Optional.empty()
        : Optional.of("held: ECS cannot start the successor first; it takes REPLICA and a"
            + " maximumPercent of 200");
  }

  private static Optional<String> ofRollout(
      ServiceState service, List<RolloutState> states, boolean sourceIsLive) {
    boolean moving =
        service.deployments().size() > 1 || service.primary().progress() == Progress.IN_PROGRESS;
    if (moving) {
      return Optional.of("held: a deployment is in progress");
    }
    boolean rolling = states.stream()
        .filter(state -> state.held().isEmpty())
        .flatMap(state -> state.moving().stream().filter(mark -> !settles(mark, state, service)))
        .anyMatch(mark -> mark.service().equals(service.name()));
    if (rolling) {
      return Optional.of("held: a rollout is under way on the service");
    }
    boolean byName = service.definition().collectors().stream()
        .anyMatch(collector -> collector.reference() instanceof ConfigReference.ByName);
    return byName && !sourceIsLive
        ? Optional.of("held: the successor would read the config by name, which is not live")
        : Optional.empty();
  }

  /** Whether the deployment that was ordered is over, and what is live came with it. */
  private static boolean settles(Moving mark, RolloutState state, ServiceState service) {
    return mark.to().equals(state.live())
        && mark.deployment().isPresent()
        && mark.revision().equals(Optional.of(service.definition().arn()))
        && service.primary().createdAt().isAfter(mark.since().minus(Standing.CLOCKS));
  }

  private static Optional<String> ofTask(ServiceState service, String task) {
    List<TaskState> running =
        service.tasks().orElse(List.of()).stream().filter(TaskState::running).toList();
    if (running.size() != 1 || !running.getFirst().id().startsWith(task)) {
      return Optional.of("the task is not the one that runs any more");
    }
    boolean sick = service.definition().collectors().stream()
        .flatMap(each -> running.getFirst().container(each.container()).stream())
        .anyMatch(ContainerState::isSick);
    return sick ? Optional.empty() : Optional.of("its collectors are not sick any more");
  }
}
