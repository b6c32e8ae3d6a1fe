package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Services of every kind, and what happens to them while a config is rolled. */
class ConfigRolloutServicesTest {
  private static final int HOURS = 4;

  @ParameterizedTest
  @MethodSource("kinds")
  void rollsAConfigOver(String service) throws IOException {
    Stand stand = Stand.fleet(service, "{name: b, pattern: service, tasks: 6}").pass(10);
    stand.put("gateway", BETTER);
    stand.pass(120);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.textsRead("b")).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.state("gateway").path("quarantined")).isEmpty();
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  static Stream<Arguments> kinds() {
    String one = "{name: a, pattern: service, tasks: 4, ";
    return Stream.of(
        argumentSet("BLUE_GREEN", one + "strategy: BLUE_GREEN}"),
        argumentSet("LINEAR", one + "strategy: LINEAR}"),
        argumentSet("CANARY", one + "strategy: CANARY}"),
        argumentSet("a circuit breaker", one + "circuitBreaker: true}"),
        argumentSet(
            "a daemon on three hosts",
            "{name: a, pattern: service, launchType: EC2, scheduling: DAEMON, hosts: 3,"
                + " networkMode: host, discovery: false, minimumHealthyPercent: 0,"
                + " maximumPercent: 100}"),
        argumentSet(
            "a daemon of sidecars",
            "{name: a, pattern: sidecar, launchType: EC2, scheduling: DAEMON, hosts: 3,"
                + " networkMode: bridge, minimumHealthyPercent: 0, maximumPercent: 100}"));
  }

  /** ECS bakes for longer than a deployment may take; nothing is held for that. */
  @Test
  void givesANativeBakeItsOwnTime() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(10);
    Duration bake = Duration.ofMinutes(90);
    stand.services((name, service) -> {
      ((ObjectNode) service.path("deploymentConfiguration"))
          .put("strategy", "BLUE_GREEN")
          .put("bakeTimeInMinutes", bake.toMinutes());
      ObjectNode primary = (ObjectNode) service.path("deployments").get(0);
      double age = stand.simulation.now().toEpochMilli() / 1000.0
          - primary.path("createdAt").asDouble();
      boolean first = primary.path("taskDefinition").asText().endsWith(":1");
      if (!first && age < bake.toSeconds()) {
        primary.put("rolloutState", "IN_PROGRESS");
      }
    });
    stand.put("gateway", BETTER);
    stand.pass(60 * HOURS);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.decisions()).doesNotContain("Hold");
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
  }

  @Test
  void leavesOthersServicesAloneAndRollsItsOwn() throws IOException {
    Stand stand = Stand.fleet(
            "{name: a, pattern: service, tasks: 2, tags: {\"shepherd:managed\": \"false\"}}",
            "{name: b, pattern: service, tasks: 2}",
            "{name: c, pattern: service, tasks: 2}")
        .pass(5);
    stand.services((name, service) -> {
      if (name.equals("c")) {
        service.putObject("deploymentController").put("type", "CODE_DEPLOY");
      }
    });
    stand.put("gateway", BETTER);
    stand.pass(60);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.definition("a").revision()).isEqualTo(1);
    assertThat(stand.definition("c").revision()).isEqualTo(1);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.decisions()).contains("prod/a by name, shepherd:managed=false");
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  /** An EXTERNAL controller's service shows neither a definition nor deployments. */
  @Test
  void isNotStoppedByAnExternalController() throws IOException {
    Stand stand = Stand.fleet(
            "{name: a, pattern: service, tasks: 2}", "{name: b, pattern: service, tasks: 2}")
        .pass(5);
    stand.services((name, service) -> {
      if (name.equals("a")) {
        service.putObject("deploymentController").put("type", "EXTERNAL");
        service.remove("taskDefinition");
        service.putArray("deployments");
      }
    });
    stand.put("gateway", BETTER);
    stand.pass(60);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.definition("a").revision()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("scales")
  void rollsWhileAServiceIsScaled(int to) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml(
                "gateway",
                "{name: a, pattern: service, tasks: 3}",
                "{name: b, pattern: service, tasks: 9}")
            + "steps:\n  - {at: 16m, scale: {service: a, tasks: " + to + "}}\n"
            + "  - {at: 22m, scale: {service: b, tasks: " + to + "}}\n")
        .pass(12);
    stand.put("gateway", BETTER);
    stand.pass(120);
    String live = stand.state("gateway").path("live").asText();
    assertThat(stand.definition("a").toString()).as(stand.decisions()).contains(live);
    assertThat(stand.definition("b").toString()).contains(live);
    assertThat(stand.service("a").desiredCount()).isEqualTo(to);
    assertThat(stand.textsRead("a")).doesNotContain(GOOD);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.state("gateway").path("quarantined")).isEmpty();
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  static Stream<Arguments> scales() {
    return Stream.of(
        argumentSet("to nothing", 0), argumentSet("to one", 1), argumentSet("tenfold", 60));
  }

  @Test
  void rollsWhileServicesComeAndGo() throws IOException {
    Stand stand = Stand.fleet(
            "{name: a, pattern: service, tasks: 2}", "{name: b, pattern: service, tasks: 8}")
        .pass(10);
    stand.put("gateway", BETTER);
    stand.pass(3);
    stand.another("late");
    stand.pass(2);
    stand.simulation.world().ecs().deleteService(stand.service("a"), true);
    stand.pass(90);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.textsRead("late")).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }
}
