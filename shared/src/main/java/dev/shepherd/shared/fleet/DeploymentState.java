package dev.shepherd.shared.fleet;

import java.time.Duration;
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
 * @param ownTime how long its strategy may bake and its hooks may pause, beside what tasks take
 */
public record DeploymentState(
    String id,
    boolean primary,
    String taskDefinition,
    Progress progress,
    Instant createdAt,
    Duration ownTime) {
  /** A rolling deployment: it takes what its tasks take. */
  public DeploymentState(
      String id, boolean primary, String taskDefinition, Progress progress, Instant createdAt) {
    this(id, primary, taskDefinition, progress, createdAt, Duration.ZERO);
  }

  /** ECS's rollout state. COMPLETED looks at essential containers alone. */
  public enum Progress {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }
}
