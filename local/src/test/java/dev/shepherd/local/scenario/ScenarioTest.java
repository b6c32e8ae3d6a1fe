package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {
  private static final Path FOLDER = Path.of("src/test/resources/scenario");

  private static Scenario parse(String text) {
    return Scenario.parse(text, "s.yaml", FOLDER);
  }

  @Test
  void fillsEveryDefaultIn() {
    Scenario scenario = parse("""
            duration: 90s
            fleets:
              - config: /collectors/a
                text: x
                services:
                  - {name: g, pattern: service, tasks: 3}
                  - {name: s, pattern: sidecar, tasks: 4}
                  - {name: d, pattern: service, launchType: EC2, scheduling: DAEMON, hosts: 5}
            """);
    assertThat(scenario.duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(scenario.clusters()).containsExactly("prod");
    assertThat(scenario.faults()).isEqualTo(FaultRates.NONE);
    assertThat(scenario.policy().limits()).isEmpty();
    List<ServiceSpec> services = scenario.fleets().getFirst().services();
    assertThat(services.getFirst())
        .isEqualTo(new ServiceSpec(
            "g",
            "prod",
            ServiceSpec.Pattern.SERVICE,
            3,
            3,
            "FARGATE",
            "REPLICA",
            true,
            true,
            100,
            200,
            false,
            true,
            ServiceSpec.Reference.BY_NAME,
            "v0.49.0",
            512,
            Map.of(),
            "awsvpc",
            Optional.empty(),
            "ROLLING",
            0));
    assertThat(services.get(1).essential()).isFalse();
    assertThat(services.get(1).discovery()).isFalse();
    assertThat(services.get(2).tasks()).isEqualTo(5);
    assertThat(services.get(2).maximumPercent()).isEqualTo(100);
  }

  @Test
  void readsEveryKeyAndSortsStepsByTimeAlone() throws IOException {
    String text = Files.readString(FOLDER.resolve("everything.yaml"));
    Scenario scenario = Scenario.whole(Scenario.root(text, "everything.yaml"), "", FOLDER);
    assertThat(scenario.steps()).hasSize(17);
    assertThat(scenario.steps().getLast().step()).isEqualTo(new Step.FaultsOff());
    assertThat(scenario.steps().stream().map(PlannedStep::step).limit(3))
        .containsExactly(
            new Step.Put("/collectors/gateway", "receivers: {otlp: }\n", "shop.yaml"),
            new Step.Put("/collectors/gateway", "exporters: {}", "text"),
            new Step.Behave("/collectors/gateway", Step.Collector.CRASH, Duration.ofSeconds(20)));
    assertThat(scenario.policy().limits())
        .containsEntry("waves", "25,50,100")
        .containsEntry("bakeMinutes", "10")
        .hasSize(17);
    assertThat(scenario.fleets().getFirst().services().getFirst().tags())
        .containsEntry("shepherd:canary", "true");
  }

  @Test
  void readsTheDemo() {
    Scenario demo = Scenario.read(Path.of("../examples/demo/scenario.yaml"));
    assertThat(demo.fleets())
        .extracting(FleetSpec::config)
        .containsExactly("/collectors/gateway", "/collectors/shop");
  }

  @Test
  void passesLimitsOnAsStackParameters() {
    Policy policy = parse(FLEET + "policy: {waves: [10, 100], bakeMinutes: 5}").policy();
    assertThat(policy.stackParameters(Set.of("Waves", "BakeMinutes", "DryRun")))
        .isEqualTo(Map.of("Waves", "10,100", "BakeMinutes", "5"));
    assertThatThrownBy(() -> policy.stackParameters(Set.of("BakeMinutes")))
        .isInstanceOf(ScenarioError.class)
        .hasMessage("s.yaml:8:17: 'waves' is not supported yet: the stack has no such parameter");
  }

  private static final String FLEET = """
      duration: 1h
      fleets:
        - config: /collectors/a
          text: x
          services:
            - {name: g, pattern: service, tasks: 3}
            - {name: s, pattern: sidecar, tasks: 3}
      """;

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhereAndWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ScenarioError.class)
        .hasMessageStartingWith("s.yaml:" + message);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        argumentSet("empty file", "", "1:1: the file is empty"),
        argumentSet("not YAML", "fleets: [", "1:"),
        argumentSet("a list", "- x", "1:1: a mapping"),
        argumentSet("unknown key", "seed: 1\nspeed: 2", "2:1: the key 'speed' is not known here"),
        argumentSet("key twice", "seed: 1\nseed: 2", "2:1: the key 'seed' stands here twice"),
        argumentSet("no fleets", "duration: 1h", "1:1: the key 'fleets' is missing"),
        argumentSet("a fleet without text", "fleets: [{config: /a}]", "1:10: exactly one of"),
        argumentSet(
            "a fleet's file is missing",
            "fleets: [{config: /a, file: no.yaml}]",
            "1:29: the file 'no.yaml'"),
        argumentSet("a bad duration", FLEET.replace("1h", "1h20m"), "1:11: a time like"),
        argumentSet(
            "unknown key of a service",
            FLEET.replace("tasks: 3}", "task: 3}"),
            "6:37: the key 'task'"),
        argumentSet(
            "a negative count",
            FLEET.replace("tasks: 3}", "tasks: -1}"),
            "6:44: a whole number from 0"),
        argumentSet(
            "a count in words",
            FLEET.replace("tasks: 3}", "tasks: '3'}"),
            "6:44: a whole number from 0"),
        argumentSet(
            "a pattern that is none",
            FLEET.replace("sidecar", "beside"),
            "7:28: 'beside' is not one of: service, sidecar"),
        argumentSet("twins", FLEET.replace("name: s", "name: g"), "3:3: two services"),
        argumentSet(
            "hosts on Fargate",
            FLEET.replace("tasks: 3}", "tasks: 3, hosts: 2}"),
            "6:54: hosts need"),
        argumentSet(
            "a daemon on Fargate",
            FLEET.replace("tasks: 3}", "tasks: 3, scheduling: DAEMON}"),
            "6:59: DAEMON needs"),
        argumentSet(
            "a task without an essential container",
            FLEET.replace(
                "pattern: service, tasks: 3}", "pattern: service, tasks: 3, essential: false}"),
            "6:58: a task of its own"),
        argumentSet("waves that fall", FLEET + "policy: {waves: [50, 25, 100]}", "8:17: waves are"),
        argumentSet("waves that end early", FLEET + "policy: {waves: [50]}", "8:17: waves are"),
        argumentSet(
            "canary over half",
            FLEET + "policy: {canaryPercent: 51}",
            "8:25: a whole number from 1 to 50"),
        argumentSet(
            "a limit that is none", FLEET + "policy: {canary: 5}", "8:10: the key 'canary'"),
        argumentSet("a rate over one", FLEET + "faults: {lose: 1.5}", "8:16: a rate from 0 to 1"),
        argumentSet(
            "a rate that is no number", FLEET + "faults: {lose: .nan}", "8:16: a rate from 0 to 1"),
        argumentSet("a step without a kind", FLEET + "steps: [{at: 5m}]", "8:9: a step needs"),
        argumentSet(
            "a step of two kinds",
            FLEET + "steps: [{at: 5m, faults: off, delete: /a}]",
            "8:9: a step needs"),
        argumentSet(
            "a step without a time",
            FLEET + "steps: [{delete: /a}]",
            "8:9: the key 'at' is missing"),
        argumentSet(
            "a step with a foreign key",
            FLEET + "steps: [{at: 5m, delete: /a, file: x}]",
            "8:30: the key 'file'"),
        argumentSet(
            "a step after the end",
            FLEET + "steps: [{at: 61m, delete: /a}]",
            "8:14: this step comes after"),
        argumentSet(
            "a step on no service",
            FLEET + "steps: [{at: 5m, kill: {service: z}}]",
            "8:34: 'z' is not one of: g, s"),
        argumentSet(
            "a registration without Cloud Map",
            FLEET + "steps: [{at: 5m, orphan: {service: s}}]",
            "8:36: 's' has no Cloud Map"),
        argumentSet(
            "a host on Fargate",
            FLEET + "steps: [{at: 5m, stopHost: {service: s, host: 1}}]",
            "8:38: 's' runs on Fargate"),
        argumentSet(
            "a zone too far",
            FLEET + "steps: [{at: 5m, unhealthy: {service: s, zone: d}}]",
            "8:48: 's' has no zone 'd'"),
        argumentSet(
            "faults as a boolean",
            FLEET + "steps: [{at: 5m, faults: false}]",
            "8:26: 'false' is not one of: off"));
  }
}
