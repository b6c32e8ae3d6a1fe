package dev.shepherd.shared.registration;

import java.time.Duration;

/**
 * Operator-set bounds on one run. Refuses a percentage that is not from 1 to 100, and a negative
 * grace.
 *
 * @param maxDeregisterPercent how much of what a Cloud Map service holds one run takes out at most,
 *     in percent; one instance is always allowed
 * @param grace how far apart two looks must be that find ECS's own registration stale, missing or
 *     wrong, before it is touched
 */
public record RegistrationLimits(int maxDeregisterPercent, Duration grace) {
  public RegistrationLimits {
    if (maxDeregisterPercent < 1 || maxDeregisterPercent > 100) {
      throw new IllegalArgumentException(
          "maxDeregisterPercent must be from 1 to 100, got " + maxDeregisterPercent);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("graceSeconds must be 0 or more, got " + grace);
    }
  }

  /** How many of so many instances one run takes out at most. */
  int deregistrations(int instances) {
    return Math.max(1, instances * maxDeregisterPercent / 100);
  }
}
