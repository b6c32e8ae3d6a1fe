package dev.shepherd.shared.fleet;

import java.time.Instant;

/**
 * One of a service's <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html">deployments</a>.
 *
 * @param id {@code ecs-svc/…}; the {@code startedBy} of its tasks
 * @param primary the one that ECS is going to; a service has exactly one
 * @param taskDefinition the full ARN of its revision
 * @param progress where ECS says it is
 * @param createdAt when it began
 */
public record DeploymentState(
    String id, boolean primary, String taskDefinition, Progress progress, Instant createdAt) {
  /** ECS's rollout state. COMPLETED looks at essential containers alone. */
  public enum Progress {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }
}
