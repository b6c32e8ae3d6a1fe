package dev.shepherd.shared.registration;

/**
 * Operator-set bounds on one run. Refuses a percentage that is not from 1 to 100.
 *
 * @param maxDeregisterPercent how much of what a Cloud Map service holds one run takes out at most,
 *     in percent; one instance is always allowed
 */
public record RegistrationLimits(int maxDeregisterPercent) {
  public RegistrationLimits {
    if (maxDeregisterPercent < 1 || maxDeregisterPercent > 100) {
      throw new IllegalArgumentException(
          "maxDeregisterPercent must be from 1 to 100, got " + maxDeregisterPercent);
    }
  }

  /** How many of so many instances one run takes out at most. */
  int deregistrations(int instances) {
    return Math.max(1, instances * maxDeregisterPercent / 100);
  }
}
