package dev.shepherd.shared.fleet;

import java.util.Optional;

/**
 * A container of a task, as ECS shows it.
 *
 * @param running whether its last status is RUNNING
 * @param health what its health check says; {@link Health#UNKNOWN} where there is none
 * @param imageDigest {@code sha256:…} of the image that runs; absent before the pull
 */
public record ContainerState(
    String name, boolean running, Health health, Optional<String> imageDigest) {
  /** The three answers of a health check. */
  public enum Health {
    HEALTHY,
    UNHEALTHY,
    UNKNOWN
  }
}
