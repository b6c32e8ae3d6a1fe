package dev.shepherd.shared.rollout;

import java.time.Duration;

/**
 * Operator-set bounds on what tries a config before its promotion.
 *
 * @param percent the share of a fleet's tasks, 1 to 50, that may run an unpromoted config
 * @param maxTasks how many extra tasks one service gets at most, 1 to 50
 * @param probe how long a probe must have been well, 1 second to 1 hour
 * @param bake how long canaries must stay well, up to a day; zero: not at all
 */
public record CanaryLimits(int percent, int maxTasks, Duration probe, Duration bake) {
  private static final int HALF = 50;
  private static final Duration LONGEST_PROBE = Duration.ofHours(1);
  private static final Duration LONGEST_BAKE = Duration.ofDays(1);

  /** The design's: 25 percent, 50 tasks, 60 seconds, 10 minutes. */
  public static final CanaryLimits DEFAULT =
      new CanaryLimits(25, 50, Duration.ofSeconds(60), Duration.ofMinutes(10));

  public CanaryLimits {
    within("percent", percent, 1, HALF);
    within("maxTasks", maxTasks, 1, HALF);
    if (!probe.isPositive() || probe.compareTo(LONGEST_PROBE) > 0) {
      throw new IllegalArgumentException("probe must be > 0 and <= 1 h, got " + probe);
    }
    if (bake.isNegative() || bake.compareTo(LONGEST_BAKE) > 0) {
      throw new IllegalArgumentException("bake must be >= 0 and <= 24 h, got " + bake);
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", got " + value);
    }
  }

  /** The same with another share. */
  CanaryLimits percent(int other) {
    return new CanaryLimits(other, maxTasks, probe, bake);
  }

  /** The same with another bake time. */
  CanaryLimits bake(Duration other) {
    return new CanaryLimits(percent, maxTasks, probe, other);
  }
}
