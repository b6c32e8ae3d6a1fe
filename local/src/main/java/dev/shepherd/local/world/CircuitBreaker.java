package dev.shepherd.local.world;

import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/**
 * The <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html">deployment
 * circuit breaker</a>: where a service enables it, tasks that fail in a row end the deployment, and
 * with rollback the last completed one becomes the newest again.
 */
final class CircuitBreaker {
  private final VirtualClock clock;
  private final ServiceEvents events;

  CircuitBreaker(VirtualClock clock, ServiceEvents events) {
    this.clock = clock;
    this.events = events;
  }

  /** Half of the desired tasks, rounded up, but from 3 to 200. */
  static int threshold(int desired) {
    return Math.clamp((desired + 1) / 2, 3, 200);
  }

  /** Another task of this deployment has failed: {@code failed} in a row. */
  void failed(WorldDeployment deployment, int failed) {
    WorldService service = deployment.service();
    DeploymentCircuitBreaker breaker =
        service.settings().deploymentConfiguration().deploymentCircuitBreaker();
    if (breaker == null
        || !Boolean.TRUE.equals(breaker.enable())
        || deployment != service.primary()
        || deployment.rolloutState() != DeploymentRolloutState.IN_PROGRESS
        || failed < threshold(service.desiredCount())) {
      return;
    }
    deployment.edit(each -> each.rolloutState(DeploymentRolloutState.FAILED));
    events.failed(deployment);
    if (Boolean.TRUE.equals(breaker.rollback())) {
      service.lastCompleted().filter(last -> last != deployment).ifPresent(this::rollBack);
    }
  }

  private void rollBack(WorldDeployment last) {
    WorldService service = last.service();
    service.promote(last);
    service.edit(each -> each.taskDefinition(last.definition().taskDefinitionArn()));
    last.edit(
        each -> each.rolloutState(DeploymentRolloutState.IN_PROGRESS).updatedAt(clock.instant()));
    events.rollingBack(last);
  }
}
