package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ControllerTest {
  private static final String WORLD = """
      duration: 30m
      policy: {settleSeconds: 30}
      fleets:
        - config: /collectors/g
          text: |
      %s
          services:
            - {name: gate, pattern: service, tasks: 3}
            - {name: side, pattern: sidecar, tasks: 4, reference: current}
            - {name: pinned, pattern: sidecar, tasks: 2, reference: pinned}
      """.formatted(Stand.GOOD.indent(8));

  private static final String EDIT = "steps:\n  - {at: 5m, put: /collectors/g, text: \"%s\"}\n"
      .formatted(Stand.BETTER.replace("\"", "\\\"").replace("\n", "\\n"));

  private static Report play(String more, Controller controller) throws IOException {
    Scenario scenario = Scenario.parse(WORLD + more, "s.yaml", Path.of("."));
    return new Simulation(scenario, Path.of("../template.yaml"), Instant.EPOCH, controller).run();
  }

  @Test
  void nobodyDoesNothing() throws IOException {
    Report report = play(EDIT, Controller.NONE);
    assertThat(report.controller()).isEqualTo("none");
    assertThat(report.calls()).isEmpty();
    assertThat(report.invocations()).isEmpty();
    assertThat(report.restarts()).isZero();
    assertThat(report.converged()).as("the edit reaches nobody").isFalse();
    assertThat(play("", Controller.NONE).converged()).isTrue();
  }

  @Test
  void redeployRestartsEveryServiceThatNamesTheConfigAtOnce() throws IOException {
    Report report = play(EDIT, Controller.REDEPLOY);
    assertThat(report.calls()).containsEntry("ecs:UpdateService", 3);
    assertThat(report.invocations()).containsEntry("Redeploy", 1);
    assertThat(report.restarts()).isEqualTo(3 + 4 + 2);
    assertThat(report.fleets().getFirst().maxShareOnUnpromoted()).isGreaterThan(0.3);
    assertThat(report.converged())
        .as("current and snapshots stay as they are, for nobody writes them")
        .isFalse();
  }

  @Test
  void redeployTakesABadEditEverywhere() throws IOException {
    Scenario scenario = Scenario.parse("""
        duration: 30m
        fleets:
          - config: /collectors/g
            text: "a: 1"
            services: [{name: side, pattern: sidecar, tasks: 4}]
        steps:
          - {at: 5m, put: /collectors/g, text: "a: 2"}
          - {at: 5m, behave: {fleet: /collectors/g, collector: crash}}
        """, "s.yaml", Path.of("."));
    Report report = new Simulation(
            scenario, Path.of("../template.yaml"), Instant.EPOCH, Controller.REDEPLOY)
        .run();
    assertThat(report.fleets().getFirst().maxShareOnUnpromoted()).isEqualTo(1);
    assertThat(report.taskMinutes().withoutCollector()).isGreaterThan(60);
    assertThat(report.taskMinutes().onBadConfig()).isGreaterThan(60);
    assertThat(report.converged()).isFalse();
  }

  @Test
  void redeployBringsAGoodEditEverywhereAndRests() throws IOException {
    Scenario scenario = Scenario.parse("""
        duration: 30m
        fleets:
          - config: /collectors/g
            text: "a: 1"
            services: [{name: side, pattern: sidecar, tasks: 4}]
        steps:
          - {at: 5m, put: /collectors/g, text: "a: 2"}
        """, "s.yaml", Path.of("."));
    Report report = new Simulation(
            scenario, Path.of("../template.yaml"), Instant.EPOCH, Controller.REDEPLOY)
        .run();
    assertThat(report.converged())
        .as("it has no schedule that could write nothing")
        .isTrue();
    assertThat(report.convergedAt())
        .hasValueSatisfying(since -> assertThat(since).isGreaterThan(Duration.ofMinutes(5)));
  }

  @Test
  void losesAnEventForGood() throws IOException {
    Report report = play("faults: {lose: 1}\n" + EDIT, Controller.REDEPLOY);
    assertThat(report.calls()).isEmpty();
    assertThat(report.converged()).isFalse();
    assertThat(report.convergedAt()).isEmpty();
  }

  @Test
  void namesItself() {
    assertThat(Controller.named("redeploy")).contains(Controller.REDEPLOY);
    assertThat(Controller.named("REDEPLOY")).isEmpty();
  }
}
