package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
  private static final Path EXAMPLES = Path.of("../examples/demo");

  private static final String WORLD = """
      seed: 3
      duration: 30m
      policy: {bakeMinutes: 0, probeSeconds: 10, settleSeconds: 30}
      fleets:
        - config: /collectors/g
          file: gateway.yaml
          services:
            - {name: gate, pattern: service, tasks: 4}
            - {name: host, pattern: service, tasks: 3, launchType: EC2, hosts: 3, discovery: false}
            - {name: side, pattern: sidecar, tasks: 6}
      """;

  private static Report play(String more) throws IOException {
    Scenario scenario = Scenario.parse(WORLD + more, "s.yaml", EXAMPLES);
    Instant start = Instant.parse("2026-11-23T09:00:00Z");
    return new Simulation(scenario, Path.of("../template.yaml"), start).run();
  }

  private static ServiceReport service(Report report, String name) {
    return report.fleets().getFirst().services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(Report report) {
    return report.timeline().stream().map(TimelineEntry::text).toList();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void playsEachStep(String step, String said) throws IOException {
    Report report = play("steps: [{at: 10m, " + step + "}]");
    assertThat(texts(report)).anyMatch(text -> text.contains(said));
    assertThat(texts(report)).noneMatch(text -> text.startsWith("AWS refuses"));
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        argumentSet("put", "put: /collectors/g, file: gateway-amp.yaml", "writes gateway-amp.yaml"),
        argumentSet("delete", "delete: /collectors/g", "deletes it"),
        argumentSet("tag", "tag: {parameter: /collectors/g, key: a, value: b}", "tags it a=b"),
        argumentSet("deploy", "deploy: {service: side}", "ships side:2"),
        argumentSet("deploy pinned", "deploy: {service: side, reference: pinned}", "ships side:2"),
        argumentSet("scale", "scale: {service: side, tasks: 9}", "scales it to 9"),
        argumentSet("kill", "kill: {service: side, tasks: 2}", "of 2 tasks exits"),
        argumentSet(
            "unhealthy", "unhealthy: {service: side, zone: b}", "of 2 tasks turn UNHEALTHY"),
        argumentSet("behave", "behave: {fleet: /collectors/g, collector: crash}", "crash"),
        argumentSet("orphan", "orphan: {service: gate, instances: 2}", "2 registrations"),
        argumentSet("unregister", "unregister: {service: gate}", "vanish"),
        argumentSet("reuseIp", "reuseIp: {service: gate}", "live task's address"),
        argumentSet("foreign", "foreignInstance: {service: gate}", "ECS did not make"),
        argumentSet("stopHost", "stopHost: {service: host, host: 2}", "host 2 is terminated"),
        argumentSet("killCall", "killCall: {function: ConfigRollout, call: 2}", "the run failed"),
        argumentSet("faults off", "faults: off", "all faults end"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhatAwsRefusesWithoutTheText(String step, String said) throws IOException {
    Report report = play("steps: [{at: 10m, " + step + "}]");
    assertThat(texts(report))
        .anyMatch(text -> text.startsWith("AWS refuses the step " + said))
        .noneMatch(text -> text.contains("secret"));
    assertThat(report.converged()).isTrue();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        argumentSet("no parameter", "tag: {parameter: /none, key: a, value: b}", "Tag: "),
        argumentSet(
            "over every tier's limit",
            "put: /collectors/g, text: " + "secret".repeat(1500),
            "Put: "));
  }

  @Test
  void countsRestartsButNoScaleInAndNoKills() throws IOException {
    assertThat(play("").restarts()).isZero();
    assertThat(play("steps: [{at: 10m, scale: {service: side, tasks: 1}}]").restarts())
        .isZero();
    assertThat(play("steps: [{at: 10m, kill: {service: gate, tasks: 2}}]").restarts())
        .isZero();
    assertThat(play("steps: [{at: 10m, deploy: {service: side}}]").restarts()).isEqualTo(6);
  }

  @Test
  void throttlingAndServerErrorsChangeNothingInTheEnd() throws IOException {
    Report report = play("""
            faults: {throttle: 0.1, serverError: 0.1}
            steps: [{at: 5m, put: /collectors/g, file: gateway-amp.yaml}]
            """);
    assertThat(report.converged()).as(ReportText.of(report)).isTrue();
    assertThat(service(report, "side").byConfig()).hasSize(1).containsValue(6);
  }

  @Test
  void writesNothingWhenNothingIsToDo() throws IOException {
    Scenario scenario = Scenario.parse(
        WORLD + "steps: [{at: 5m, put: /collectors/g, file: gateway-amp.yaml}]",
        "s.yaml",
        EXAMPLES);
    Simulation simulation = new Simulation(scenario, Path.of("../template.yaml"), Instant.EPOCH);
    simulation.runTo(Duration.ofMinutes(27));
    Map<String, Integer> before = writes(simulation.report());
    Report after = simulation.run();
    assertThat(after.converged()).isTrue();
    assertThat(writes(after)).isEqualTo(before).containsKeys("ecs:UpdateService");
  }

  private static Map<String, Integer> writes(Report report) {
    return report.calls().entrySet().stream()
        .filter(call -> !call.getKey().matches(".*:(Describe|Get|List).*"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void aRunThatIsKilledIsMadeGoodByTheNext() throws IOException {
    Report report = play("""
            steps:
              - {at: 5m, killCall: {function: ConfigRollout, call: 9}}
              - {at: 5m, put: /collectors/g, file: gateway-amp.yaml}
            """);
    assertThat(texts(report)).anyMatch(text -> text.startsWith("the run failed"));
    assertThat(report.converged()).as(ReportText.of(report)).isTrue();
  }

  @Test
  void startsPinnedAndCurrentServicesOnTheirParameters() throws IOException {
    Scenario scenario = Scenario.parse("""
            duration: 10m
            policy: {settleSeconds: 30}
            fleets:
              - config: /collectors/g
                file: gateway.yaml
                secure: true
                services:
                  - {name: p, pattern: service, tasks: 2, reference: pinned}
                  - {name: c, pattern: sidecar, tasks: 2, reference: current}
            """, "s.yaml", EXAMPLES);
    Report report = new Simulation(scenario, Path.of("../template.yaml"), Instant.EPOCH).run();
    assertThat(report.converged()).as(ReportText.of(report)).isTrue();
    assertThat(report.restarts()).isZero();
  }
}
