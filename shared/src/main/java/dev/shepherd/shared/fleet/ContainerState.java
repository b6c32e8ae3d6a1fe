package dev.shepherd.shared.fleet;

import java.util.Optional;

/**
 * A container of a task, as ECS shows it.
 *
 * @param running whether its last status is RUNNING
 * @param health what its health check says; {@link Health#UNKNOWN} where there is none
 * @param imageDigest {@code sha256:…} of the image that runs; absent before the pull
 * @param exitCode how it ended; absent while it has not
 * @param reason what ECS says of its end, if anything
 */
public record ContainerState(
    String name,
    boolean running,
    Health health,
    Optional<String> imageDigest,
    Optional<Integer> exitCode,
    Optional<String> reason) {
  /**
   * Whether it ended, or is UNHEALTHY; while its task runs, something is wrong then. One that does
   * not run and says neither how nor why it ended has not started yet.
   */
  public boolean isSick() {
    return running ? health == Health.UNHEALTHY : exitCode.isPresent() || reason.isPresent();
  }

  /** The three answers of a health check. */
  public enum Health {
    HEALTHY,
    UNHEALTHY,
    UNKNOWN
  }
}
