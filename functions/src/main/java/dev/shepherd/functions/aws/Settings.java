package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.replacement.ReplacementLimits;
import dev.shepherd.shared.rollout.CanaryLimits;
import dev.shepherd.shared.rollout.DriftRepair;
import dev.shepherd.shared.rollout.PinByName;
import dev.shepherd.shared.rollout.RolloutLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the stack's parameters say, from the function's environment. Refuses a bad value at start,
 * with its name.
 *
 * @param names the fleets' parameters
 * @param clusters the names of the clusters to look at
 * @param rollout the bounds of rolling
 * @param replacement the bounds of replacing
 * @param dryRun plan and report, without any effect
 */
public record Settings(
    ParameterNames names,
    List<String> clusters,
    RolloutLimits rollout,
    ReplacementLimits replacement,
    boolean dryRun) {
  public Settings {
    clusters = List.copyOf(clusters);
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("SHEPHERD_CLUSTERS must name at least one cluster");
    }
  }

  /** Reads the variables that template.yaml sets; what is not set has the template's default. */
  public static Settings from(Map<String, String> environment) {
    List<String> clusters = Arrays.stream(
            environment.getOrDefault("SHEPHERD_CLUSTERS", "").split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> name.substring(name.lastIndexOf('/') + 1)) // An ARN serves as well.
        .distinct()
        .toList();
    RolloutLimits limits = new RolloutLimits(
        Duration.ofSeconds(number(environment, "SHEPHERD_SETTLE_SECONDS", 60)),
        Duration.ofMinutes(number(environment, "SHEPHERD_START_MINUTES", 10)),
        Duration.ofMinutes(number(environment, "SHEPHERD_DEPLOYMENT_MINUTES", 60)),
        number(environment, "SHEPHERD_MAX_CONCURRENT_DEPLOYMENTS", 5),
        waves(environment.getOrDefault("SHEPHERD_WAVES", "25,50,100")),
        new CanaryLimits(
            number(environment, "SHEPHERD_CANARY_PERCENT", 25),
            number(environment, "SHEPHERD_MAX_CANARY_TASKS", 50),
            Duration.ofSeconds(number(environment, "SHEPHERD_PROBE_SECONDS", 60)),
            Duration.ofMinutes(number(environment, "SHEPHERD_BAKE_MINUTES", 10))),
        oneOf(environment, "SHEPHERD_DRIFT_REPAIR", DriftRepair.NEXT, DriftRepair.values()),
        oneOf(environment, "SHEPHERD_PIN_BY_NAME", PinByName.AT_ROLLOUT, PinByName.values()));
    return new Settings(
        new ParameterNames(environment.getOrDefault("SHEPHERD_CONFIG_PREFIX", "/collectors/")),
        clusters,
        limits,
        new ReplacementLimits(
            number(environment, "SHEPHERD_MAX_UNAVAILABLE_PERCENT", 10),
            Duration.ofMinutes(number(environment, "SHEPHERD_ECS_GRACE_MINUTES", 5)),
            number(environment, "SHEPHERD_STORM_PERCENT", 30),
            Duration.ofMinutes(number(environment, "SHEPHERD_STORM_MINUTES", 15))),
        Boolean.parseBoolean(environment.getOrDefault("SHEPHERD_DRY_RUN", "false")));
  }

  /** {@code atRollout} is {@code AT_ROLLOUT}. */
  private static <T extends Enum<T>> T oneOf(
      Map<String, String> environment, String name, T otherwise, T[] all) {
    String value = environment.getOrDefault(name, otherwise.name());
    return Arrays.stream(all)
        .filter(each -> each.name().replace("_", "").equalsIgnoreCase(value.replace("_", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            name + " must be one of " + Arrays.toString(all) + ", got '" + value + "'"));
  }

  private static List<Integer> waves(String value) {
    return RolloutLimits.waves(value)
        .orElseThrow(() -> new IllegalArgumentException(
            "SHEPHERD_WAVES must be percents that ascend to 100, got '" + value + "'"));
  }

  /**
   * A variable that is a whole number.
   *
   * @throws IllegalArgumentException if it is none, with its name
   */
  public static int number(Map<String, String> environment, String name, int otherwise) {
    String value = environment.getOrDefault(name, Integer.toString(otherwise));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(name + " must be a whole number, got '" + value + "'");
    }
  }
}
