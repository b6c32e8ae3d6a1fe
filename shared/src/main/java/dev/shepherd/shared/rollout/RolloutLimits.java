package dev.shepherd.shared.rollout;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operator-set bounds on a rollout. Refuses what is not positive, and waves that do not ascend to
 * 100.
 *
 * @param settle how long every collector of a service must have been well before the next one
 * @param start how long a collector may take to be well before that counts against the config
 * @param deployment how long one service's deployment may take before it is held
 * @param maxConcurrentDeployments how many services are deployed at once
 * @param waves up to which percent of the fleet's tasks each wave goes
 * @param canary on what tries a config before its promotion
 * @param driftRepair when what somebody pinned to an older snapshot is brought to live
 * @param pinByName whether by-name services are pinned
 */
public record RolloutLimits(
    Duration settle,
    Duration start,
    Duration deployment,
    int maxConcurrentDeployments,
    List<Integer> waves,
    CanaryLimits canary,
    DriftRepair driftRepair,
    PinByName pinByName) {
  /** The tag on the config parameter that overrides {@link #waves}: {@code 25+50+100}. */
  private static final String WAVES_TAG = "shepherd:waves";

  private static final String CANARY_PERCENT_TAG = "shepherd:canary-percent";
  private static final String BAKE_MINUTES_TAG = "shepherd:bake-minutes";

  private static final int ALL = 100;

  public RolloutLimits {
    waves = List.copyOf(waves);
    positive("settle", settle);
    positive("start", start);
    positive("deployment", deployment);
    if (maxConcurrentDeployments < 1) {
      throw new IllegalArgumentException(
          "maxConcurrentDeployments must be >= 1, got " + maxConcurrentDeployments);
    }
    if (!areWaves(waves)) {
      throw new IllegalArgumentException("waves must ascend from 1 to 100, got " + waves);
    }
  }

  private static void positive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be > 0, got " + duration);
    }
  }

  private static boolean areWaves(List<Integer> percents) {
    int before = 0;
    for (int percent : percents) {
      if (percent <= before) {
        return false;
      }
      before = percent;
    }
    return before == ALL;
  }

  /**
   * Percents as a stack parameter or a tag writes them; empty when they are none. A comma <a
   * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html">may not
   * stand in a tag's value</a>, so a plus parts them as well.
   */
  public static Optional<List<Integer>> waves(String text) {
    if (!text.matches("[0-9]{1,3}(\\s*[,+]\\s*[0-9]{1,3}){0,9}")) {
      return Optional.empty();
    }
    List<Integer> percents = Arrays.stream(text.split("[,+]", -1))
        .map(String::strip)
        .map(Integer::valueOf)
        .toList();
    return Optional.of(percents).filter(RolloutLimits::areWaves);
  }

  /** As the config parameter's tags change them; a tag out of bounds changes nothing. */
  RolloutLimits tuned(Map<String, String> tags) {
    CanaryLimits share =
        number(tags, CANARY_PERCENT_TAG, 1, 50).map(canary::percent).orElse(canary);
    CanaryLimits tuned = number(tags, BAKE_MINUTES_TAG, 0, 1440)
        .map(Duration::ofMinutes)
        .map(share::bake)
        .orElse(share);
    List<Integer> own = Optional.ofNullable(tags.get(WAVES_TAG))
        .map(String::strip)
        .flatMap(RolloutLimits::waves)
        .orElse(waves);
    return new RolloutLimits(
        settle, start, deployment, maxConcurrentDeployments, own, tuned, driftRepair, pinByName);
  }

  /** The same with at least so long a settling. */
  RolloutLimits settlingFor(Duration least) {
    return new RolloutLimits(
        settle.compareTo(least) < 0 ? least : settle,
        start,
        deployment,
        maxConcurrentDeployments,
        waves,
        canary,
        driftRepair,
        pinByName);
  }

  private static Optional<Integer> number(
      Map<String, String> tags, String key, int least, int most) {
    return Optional.ofNullable(tags.get(key))
        .map(String::strip)
        .flatMap(value -> whole(value, least, most));
  }

  /** A whole number within its bounds, written without a sign. */
  static Optional<Integer> whole(String text, int least, int most) {
    return Optional.of(text)
        .filter(value -> value.matches("[0-9]{1,4}"))
        .map(Integer::valueOf)
        .filter(value -> value >= least && value <= most);
  }
}
