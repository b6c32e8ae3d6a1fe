package dev.shepherd.functions.aws;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CanaryConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookTimeoutConfiguration;
import software.amazon.awssdk.services.ecs.model.LinearConfiguration;

/**
 * How long ECS's own <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html">strategies</a>
 * take beside what tasks take to start: bakes between their steps and at their end, and the longest
 * that each hook may wait at each of its stages.
 */
final class NativeStrategy {
  private static final double LINEAR_STEP_PERCENT = 10;
  private static final int LINEAR_BAKE_MINUTES = 6;
  private static final int CANARY_BAKE_MINUTES = 10;

  /**
   * The <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHookTimeoutConfiguration.html">default
   * of a hook</a>, which pauses use as well.
   */
  private static final int HOOK_MINUTES = 1440;

  private NativeStrategy() {}

  static Duration ownTime(Optional<DeploymentConfiguration> deployment) {
    return Duration.ofMinutes(deployment.map(each -> bakes(each) + hooks(each)).orElse(0L));
  }

  private static long bakes(DeploymentConfiguration deployment) {
    long last = Optional.ofNullable(deployment.bakeTimeInMinutes()).orElse(0);
    return switch (deployment.strategy()) {
      case BLUE_GREEN -> last;
      case LINEAR -> last + linear(Optional.ofNullable(deployment.linearConfiguration()));
      case CANARY ->
        last
            + Optional.ofNullable(deployment.canaryConfiguration())
                .map(CanaryConfiguration::canaryBakeTimeInMinutes)
                .orElse(CANARY_BAKE_MINUTES);
      case ROLLING, UNKNOWN_TO_SDK_VERSION -> 0;
      case null -> 0;
    };
  }

  private static long linear(Optional<LinearConfiguration> steps) {
    double percent = steps.map(LinearConfiguration::stepPercent).orElse(LINEAR_STEP_PERCENT);
    int bake = steps.map(LinearConfiguration::stepBakeTimeInMinutes).orElse(LINEAR_BAKE_MINUTES);
    return (long) Math.ceil(100 / percent) * bake;
  }

  private static long hooks(DeploymentConfiguration deployment) {
    return deployment.lifecycleHooks().stream()
        .mapToLong(
            hook -> Math.max(1, hook.lifecycleStagesAsStrings().size()) * (long) minutes(hook))
        .sum();
  }

  private static int minutes(DeploymentLifecycleHook hook) {
    return Optional.ofNullable(hook.timeoutConfiguration())
        .map(DeploymentLifecycleHookTimeoutConfiguration::timeoutInMinutes)
        .orElse(HOOK_MINUTES);
  }
}
