package dev.shepherd.shared.replacement;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Operator-set bounds on replacing. Refuses what is out of them.
 *
 * @param maxUnavailablePercent of a service's desired tasks that may be missing through Shepherd, 0
 *     to 50; one always may, but at 0 nothing is replaced
 * @param ecsGrace how long ECS has to replace a task whose essential collector is UNHEALTHY
 * @param stormPercent more sick collectors than this share of a fleet are a storm, 1 to 100
 * @param stormHold how long nothing is replaced after the last one fell ill in a storm
 */
public record ReplacementLimits(
    int maxUnavailablePercent, Duration ecsGrace, int stormPercent, Duration stormHold) {
  /** The tag on the config parameter that overrides {@link #maxUnavailablePercent}. */
  public static final String TAG = "shepherd:max-unavailable-percent";

  private static final int MOST_UNAVAILABLE = 50;
  private static final int ALL = 100;

  public ReplacementLimits {
    within("maxUnavailablePercent", maxUnavailablePercent, 0, MOST_UNAVAILABLE);
    within("stormPercent", stormPercent, 1, ALL);
    if (ecsGrace.isNegative() || stormHold.isNegative()) {
      throw new IllegalArgumentException("ecsGrace and stormHold must be >= 0");
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", got " + value);
    }
  }

  /** As the config parameter's tags change them; a tag out of bounds changes nothing. */
  public ReplacementLimits tuned(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(TAG))
        .map(String::strip)
        .filter(ReplacementLimits::isPercent)
        .map(Integer::valueOf)
        .map(percent -> new ReplacementLimits(percent, ecsGrace, stormPercent, stormHold))
        .orElse(this);
  }

  /** What is wrong with the tag, if it is there and out of bounds. */
  public static Optional<String> finding(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(TAG))
        .filter(value -> !isPercent(value.strip()))
        .map(value -> "the tag " + TAG + " must be a whole number from 0 to " + MOST_UNAVAILABLE
            + "; it changes nothing as it is");
  }

  private static boolean isPercent(String value) {
    return value.matches("[0-9]{1,3}") && Integer.parseInt(value) <= MOST_UNAVAILABLE;
  }

  /** How many of a service's tasks may be missing. */
  int budget(int desired) {
    return maxUnavailablePercent == 0
        ? 0
        : Math.max(1, (int) ((long) desired * maxUnavailablePercent / ALL));
  }

  /** Whether so many of all are a storm by their share alone. */
  boolean isStorm(int sick, int all) {
    return (long) sick * ALL > (long) stormPercent * all;
  }
}
