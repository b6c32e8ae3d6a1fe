package dev.shepherd.shared.rollout;

import java.time.Duration;

/**
 * Operator-set bounds on a rollout. Refuses what is not positive.
 *
 * @param settle how long every collector of a service must have been well before the next one
 * @param deployment how long one service's deployment may take before it is held
 * @param maxConcurrentDeployments how many services are pinned at once
 */
public record RolloutLimits(Duration settle, Duration deployment, int maxConcurrentDeployments) {
  public RolloutLimits {
    if (!settle.isPositive()) {
      throw new IllegalArgumentException("settle must be > 0, got " + settle);
    }
    if (!deployment.isPositive()) {
      throw new IllegalArgumentException("deployment must be > 0, got " + deployment);
    }
    if (maxConcurrentDeployments < 1) {
      throw new IllegalArgumentException(
          "maxConcurrentDeployments must be >= 1, got " + maxConcurrentDeployments);
    }
  }
}
