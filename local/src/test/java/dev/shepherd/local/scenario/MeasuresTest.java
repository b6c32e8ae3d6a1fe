package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class MeasuresTest {
  private static final String WORLD = """
      seed: 5
      duration: 40m
      fleets:
        - config: /collectors/g
          file: gateway.yaml
          services:
            - {name: gate, pattern: service, tasks: 4, reference: pinned}
            - {name: side, pattern: sidecar, tasks: 6, reference: pinned}
      """;

  private static Simulation simulation(String more) throws IOException {
    Scenario scenario = Scenario.parse(WORLD + more, "s.yaml", Path.of("../examples/demo"));
    return new Simulation(
        scenario, Path.of("../template.yaml"), Instant.parse("2026-11-23T09:00:00Z"));
  }

  private static FleetReport fleet(Report report) {
    return report.fleets().getFirst();
  }

  @Test
  void aQuietRunCostsNothingAndConvergesEarly() throws IOException {
    Report report = simulation("").run();
    assertThat(report.taskMinutes()).isEqualTo(TaskMinutes.NONE);
    assertThat(report.throttled()).isZero();
    assertThat(fleet(report).maxShareOnUnpromoted()).isZero();
    assertThat(report.converged()).isTrue();
    assertThat(report.convergedAt().orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
  }

  @Test
  void countsTasksOnABadConfigAndWithoutACollector() throws IOException {
    Report report = simulation(
            "steps: [{at: 10m, behave: {fleet: /collectors/g, collector: crash}}]")
        .run();
    // Ten tasks read it; the gateway's restart over and over, the sidecars' collectors stay dead.
    assertThat(report.taskMinutes().onBadConfig()).isBetween(150.0, 300.0);
    assertThat(report.taskMinutes().withoutCollector()).isBetween(178.0, 182.0);
    assertThat(report.converged()).isFalse();
    assertThat(report.convergedAt()).isEmpty();
  }

  @Test
  void aSickCollectorDoesNotCountAsConverged() throws IOException {
    // So late that no successor is well yet.
    Report report =
        simulation("steps: [{at: 2395s, kill: {service: side, tasks: 2}}]").run();
    assertThat(report.taskMinutes().withoutCollector()).isPositive();
    assertThat(report.converged()).isFalse();
  }

  @Test
  void aWrongRegistrationDoesNotCountAsConverged() throws IOException {
    // So late that RegistrationSync has not looked twice.
    Report orphan = simulation("steps: [{at: 39m, orphan: {service: gate}}]").run();
    assertThat(fleet(orphan).services())
        .extracting(ServiceReport::exact)
        .containsExactly(false, true);
    Report foreign =
        simulation("steps: [{at: 10m, foreignInstance: {service: gate}}]").run();
    assertThat(foreign.converged()).isTrue();
  }

  @Test
  void measuresTheShareOnWhatWasNeverLive() throws IOException {
    Simulation simulation = simulation("");
    simulation.runTo(Duration.ofMinutes(10));
    var world = simulation.world();
    String snapshot = "/shepherd/collectors/g/revisions/aaaaaaaaaaaa";
    world.parameters().put(snapshot, Stand.BETTER);
    var gate = world.ecs().service(world.ecs().cluster("prod"), "gate").primary();
    var canary = world
        .ecs()
        .taskDefinitions()
        .register(new Blueprint(spec())
            .taskDefinition(snapshot, 9).toBuilder()
                .family("gate-shepherd-canary")
                .build());
    world
        .ecs()
        .runTasks(RunTaskRequest.builder()
            .cluster("prod")
            .launchType("FARGATE")
            .count(2)
            .taskDefinition(canary.taskDefinitionArn())
            .networkConfiguration(gate.deployment().networkConfiguration())
            .build());
    assertThat(fleet(simulation.run()).maxShareOnUnpromoted()).isEqualTo(2.0 / 12);
  }

  private static ServiceSpec spec() {
    return Scenario.parse(WORLD, "s.yaml", Path.of("../examples/demo")).fleets().stream()
        .map(FleetSpec::services)
        .flatMap(List::stream)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyFaultAtOnceIsTheSameTwiceAndEnds() throws IOException {
    String faults = """
        faults: {duplicate: 0.1, reorder: 0.1, lose: 0.1, delay: 20s, throttle: 0.05, staleRead: 0.2, failPage: 0.05, killFunction: 0.3, serverError: 0.05, buckets: true}
        steps:
          - {at: 5m, put: /collectors/g, file: gateway-amp.yaml}
          - {at: 20m, faults: off}
        """;
    Report report = simulation(faults).run();
    assertThat(report.toJson()).isEqualTo(simulation(faults).run().toJson());
    assertThat(report.throttled()).isPositive();
    assertThat(report.timeline())
        .anyMatch(entry -> entry.text().contains("is killed at"))
        .anyMatch(entry -> entry.text().equals("all faults end"));
    assertThat(report.converged()).as(ReportText.of(report)).isTrue();
  }
}
