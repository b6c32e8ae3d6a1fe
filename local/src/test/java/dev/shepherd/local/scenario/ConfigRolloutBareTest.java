package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Fleets that can have no canary tasks, or not even a probe: said, and what bakes instead. */
class ConfigRolloutBareTest {
  private static final String PULLING = BETTER
      .replace(
          "receivers: {otlp",
          "receivers: {prometheus: {config: {scrape_configs: [{job_name: a,"
              + " static_configs: [{targets: [\"localhost:9\"]}]}]}}, otlp")
      .replace("{traces:", "{metrics: {receivers: [prometheus], exporters: [otlp]}, traces:");

  /** Three services, of which a first wave of a quarter of the tasks would take two. */
  private static List<String> services(String more) {
    return List.of(
        "{name: a, pattern: service, tasks: 2" + more + "}",
        "{name: b, pattern: service, tasks: 2" + more + "}",
        "{name: c, pattern: service, tasks: 12" + more + "}");
  }

  @ParameterizedTest
  @MethodSource("bare")
  void bakesByItsProbes(String more, String because) throws IOException {
    Stand stand = CanaryStand.of(services(more));
    stand.put("gateway", BETTER);
    stand.passTo("bake");
    assertThat(stand.decisions()).contains("its probes are its canaries; no canary tasks beside");
    assertThat(stand.decisions()).contains(because);
    stand.pass(3);
    assertThat(CanaryStand.extras(stand))
        .hasSize(3)
        .allMatch(task -> task.definition().family().endsWith("-shepherd-probe"));
    stand.pass(25);
    CanaryStand.endsOn(stand, BETTER);
    assertThat(CanaryStand.share(stand)).isLessThanOrEqualTo(0.25);
  }

  static Stream<Arguments> bare() {
    return Stream.of(
        argumentSet("no Cloud Map", ", discovery: false", "no Cloud Map"),
        argumentSet(
            "daemons without Cloud Map",
            ", launchType: EC2, hosts: 3, scheduling: DAEMON, discovery: false",
            "no Cloud Map"));
  }

  @Test
  void dropsFixedHostPortsFromAProbe() throws IOException {
    Stand stand = CanaryStand.of(List.of(
        "{name: a, pattern: service, tasks: 3, launchType: EC2, networkMode: bridge, hosts: 3}"));
    fixPorts(stand);
    stand.pass(5).put("gateway", BETTER);
    stand.passTo("bake").pass(2);
    assertThat(stand.decisions()).contains("no canary tasks beside prod/a: fixed host ports");
    assertThat(CanaryStand.extras(stand))
        .singleElement()
        .extracting(WorldTask::definition)
        .extracting(definition -> definition
            .containerDefinitions()
            .getFirst()
            .portMappings()
            .getFirst()
            .hostPort())
        .isIn((Integer) null, 0);
    stand.pass(25);
    CanaryStand.endsOn(stand, BETTER);
  }

  private static void fixPorts(Stand stand) {
    TaskDefinition now = stand.definition("a");
    ContainerDefinition fixed = now.containerDefinitions().getFirst().toBuilder()
        .portMappings(PortMapping.builder().containerPort(4317).hostPort(4317).build())
        .build();
    TaskDefinition next = stand
        .simulation
        .world()
        .ecs()
        .taskDefinitions()
        .register(RegisterTaskDefinitionRequest.builder()
            .family("a")
            .executionRoleArn(now.executionRoleArn())
            .networkMode(now.networkModeAsString())
            .requiresCompatibilities(now.requiresCompatibilities())
            .containerDefinitions(fixed)
            .build());
    stand
        .simulation
        .world()
        .ecs()
        .updateService(UpdateServiceRequest.builder()
            .cluster("prod")
            .service("a")
            .taskDefinition(next.taskDefinitionArn())
            .build());
  }

  @ParameterizedTest
  @MethodSource("barest")
  void bakesInAFirstWaveOfOneService(String more, String text, int probes, String because)
      throws IOException {
    Stand stand = CanaryStand.of(services(more));
    stand.put("gateway", text);
    stand.passTo("waves");
    stand.simulation.runTo(stand.simulation.now().plusSeconds(5)); // The run ends, and tells.
    assertThat(stand.decisions()).contains(": the first wave bakes");
    assertThat(stand.decisions()).contains(because);
    assertThat(stand.decisions().lines().filter(line -> line.contains("StartTasks: probes")))
        .hasSize(probes);
    stand.pass(4);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(text);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(GOOD);
    stand.pass(25);
    assertThat(stand.decisions()).doesNotContain("canaries of");
    CanaryStand.endsOn(stand, text);
  }

  static Stream<Arguments> barest() {
    return Stream.of(
        argumentSet(
            "host networking",
            ", launchType: EC2, networkMode: host, hosts: 12, discovery: false",
            BETTER,
            0,
            "host networking"),
        argumentSet("a receiver that pulls", "", PULLING, 1, "two would collect twice"));
  }
}
