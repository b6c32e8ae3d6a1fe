package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;

class NativeStrategyTest {
  @ParameterizedTest
  @MethodSource("strategies")
  void countsBakesAndPauses(Consumer<DeploymentConfiguration.Builder> configured, int minutes) {
    var deployment = DeploymentConfiguration.builder().applyMutation(configured).build();
    assertThat(NativeStrategy.ownTime(Optional.of(deployment)))
        .isEqualTo(Duration.ofMinutes(minutes));
  }

  static Stream<Arguments> strategies() {
    return Stream.of(
        strategy("nothing said", deployment -> {}, 0),
        strategy("rolling", deployment -> deployment.strategy("ROLLING").bakeTimeInMinutes(5), 0),
        strategy("a later one", deployment -> deployment.strategy("SPIRAL"), 0),
        strategy(
            "blue and green",
            deployment -> deployment.strategy("BLUE_GREEN").bakeTimeInMinutes(15),
            15),
        strategy("linear by default", deployment -> deployment.strategy("LINEAR"), 60),
        strategy(
            "linear",
            deployment -> deployment
                .strategy("LINEAR")
                .bakeTimeInMinutes(5)
                .linearConfiguration(steps -> steps.stepPercent(30.0).stepBakeTimeInMinutes(10)),
            45),
        strategy("canary by default", deployment -> deployment.strategy("CANARY"), 10),
        strategy(
            "canary",
            deployment -> deployment
                .strategy("CANARY")
                .bakeTimeInMinutes(5)
                .canaryConfiguration(canary -> canary.canaryBakeTimeInMinutes(30)),
            35),
        strategy(
            "a pause by default",
            deployment -> deployment
                .strategy("BLUE_GREEN")
                .bakeTimeInMinutes(5)
                .lifecycleHooks(pause()
                    .lifecycleStagesWithStrings("POST_TEST_TRAFFIC_SHIFT")
                    .build()),
            1445),
        strategy(
            "a pause at two stages",
            deployment -> deployment
                .strategy("BLUE_GREEN")
                .lifecycleHooks(pause()
                    .lifecycleStagesWithStrings("PRE_SCALE_UP", "POST_SCALE_UP")
                    .timeoutConfiguration(timeout -> timeout.timeoutInMinutes(20))
                    .build()),
            40));
  }

  private static DeploymentLifecycleHook.Builder pause() {
    return DeploymentLifecycleHook.builder().targetType("PAUSE");
  }

  private static Arguments strategy(
      String name, Consumer<DeploymentConfiguration.Builder> configured, int minutes) {
    return argumentSet(name, configured, minutes);
  }
}
