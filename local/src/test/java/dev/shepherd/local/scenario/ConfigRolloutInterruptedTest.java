package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.CanaryStand.MIXED;
import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What an operator does while a config is tried, in each phase of that. */
class ConfigRolloutInterruptedTest {
  private static final String NEWEST = Stand.config("4319");
  private static final String STATE = "/shepherd/collectors/gateway/state";

  @ParameterizedTest
  @MethodSource("interruptions")
  void takesWhatTriesItBack(String phase, Consumer<Stand> act, String end) throws IOException {
    Stand stand = CanaryStand.of(MIXED);
    stand.put("gateway", BETTER);
    stand.passTo(phase);
    stand.simulation.runTo(stand.simulation.now().plusSeconds(25));
    act.accept(stand);
    stand.pass(35);
    CanaryStand.endsOn(stand, end);
    assertThat(CanaryStand.share(stand)).as(stand.decisions()).isLessThanOrEqualTo(0.25);
  }

  /** What was within the share may be beyond it then, until the next look. */
  @ParameterizedTest
  @MethodSource("sizes")
  void bearsThatAServiceIsScaled(String phase, String service, int tasks) throws IOException {
    Stand stand = CanaryStand.of(MIXED);
    stand.put("gateway", BETTER);
    stand.passTo(phase);
    stand.simulation.runTo(stand.simulation.now().plusSeconds(25));
    scale(stand, service, tasks);
    stand.pass(35);
    CanaryStand.isInnocent(stand);
    CanaryStand.endsOn(stand, BETTER);
  }

  static Stream<Arguments> sizes() {
    return Stream.of("probe", "canary", "bake")
        .flatMap(phase -> Stream.of(
            argumentSet("service ×10 in " + phase, phase, "gate", 120),
            argumentSet("service to 0 in " + phase, phase, "gate", 0),
            argumentSet("first service ×10 in " + phase, phase, "side", 20),
            argumentSet("first service to 0 in " + phase, phase, "side", 0)));
  }

  static Stream<Arguments> interruptions() {
    return Stream.of("probe", "canary", "bake")
        .flatMap(phase -> Stream.of(
            argumentSet("superseded in " + phase, phase, put(NEWEST), NEWEST),
            argumentSet("superseded by what is no config in " + phase, phase, put("a"), BETTER),
            argumentSet("withdrawn in " + phase, phase, put(GOOD), GOOD),
            argumentSet(
                "deleted in " + phase, phase, act(ConfigRolloutInterruptedTest::gone), GOOD),
            argumentSet(
                "aborted in " + phase, phase, act(ConfigRolloutInterruptedTest::abort), GOOD),
            argumentSet(
                "paused in " + phase, phase, act(ConfigRolloutInterruptedTest::pause), BETTER),
            argumentSet(
                "state lost in " + phase, phase, act(stand -> stand.delete(STATE)), BETTER)));
  }

  private static Consumer<Stand> act(Consumer<Stand> act) {
    return act;
  }

  private static Consumer<Stand> put(String text) {
    return stand -> stand.put("gateway", text);
  }

  private static void gone(Stand stand) {
    stand.delete("/collectors/gateway");
  }

  private static void abort(Stand stand) {
    CanaryStand.tag(
        stand, "shepherd:abort", stand.state("gateway").path("candidate").asText());
  }

  private static void pause(Stand stand) {
    String phase = stand.state("gateway").path("phase").asText();
    CanaryStand.tag(stand, "shepherd:paused", "true");
    stand.pass(15);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo(phase);
    assertThat(stand.textsRead("large")).containsExactly(GOOD);
    CanaryStand.tag(stand, "shepherd:paused", "false");
  }

  private static void scale(Stand stand, String service, int tasks) {
    stand
        .simulation
        .world()
        .ecs()
        .updateService(UpdateServiceRequest.builder()
            .cluster("prod")
            .service(service)
            .desiredCount(tasks)
            .build());
  }
}
