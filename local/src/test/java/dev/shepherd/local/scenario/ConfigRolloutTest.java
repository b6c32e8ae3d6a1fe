package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.BROKEN;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** The real handler against the local world: what an operator does, and what comes of it. */
class ConfigRolloutTest {
  private static final String OWN = "/shepherd/collectors/gateway/";

  @Test
  void adoptsAFleetAndRestartsNothing() throws IOException {
    Stand stand = Stand.fleet("{name: gateway, pattern: service, tasks: 3}").pass(5);
    String live = stand.state("gateway").path("live").asText();
    assertThat(stand.parameter(OWN + "live")).isEqualTo(OWN + "revisions/" + live);
    assertThat(stand.parameter(OWN + "revisions/" + live)).isEqualTo(GOOD);
    assertThat(stand.parameter(OWN + "current")).isEqualTo(GOOD);
    assertThat(stand.definition("gateway").revision()).isEqualTo(1);
    assertThat(stand.simulation.report().restarts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("services")
  void rollsAnEdit(String service) throws IOException {
    Stand stand = Stand.fleet("{name: a, tasks: 3, " + service + "}").pass(5);
    stand.put("gateway", BETTER);
    stand.pass(40);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.parameter(OWN + "current")).isEqualTo(BETTER);
  }

  static Stream<Arguments> services() {
    return Stream.of(
        argumentSet("a collector service by name", "pattern: service"),
        argumentSet("sidecars by name", "pattern: sidecar"),
        argumentSet("a collector service, pinned", "pattern: service, reference: pinned"),
        argumentSet("sidecars, pinned", "pattern: sidecar, reference: pinned"),
        argumentSet("a collector service over current", "pattern: service, reference: current"),
        argumentSet("sidecars over current", "pattern: sidecar, reference: current"),
        argumentSet(
            "on EC2, bridge", "pattern: sidecar, launchType: EC2, networkMode: bridge, hosts: 3"),
        argumentSet(
            "a daemon on EC2",
            "pattern: service, launchType: EC2, scheduling: DAEMON, hosts: 3, discovery: false"),
        argumentSet("without a health check", "pattern: service, healthCheck: false"),
        argumentSet(
            "one task at a time",
            "pattern: service, minimumHealthyPercent: 50, maximumPercent: 100"));
  }

  @Test
  void rollsASecureStringAsASecureString() throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: a, pattern: service, tasks: 2}")
                .replace("    text:", "    secure: true\n    text:"))
        .pass(5);
    stand.put(BETTER, "SecureString", put -> put);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    for (String name :
        List.of("current", "revisions/" + stand.state("gateway").path("live").asText())) {
      assertThat(stand
              .simulation
              .world()
              .parameters()
              .get(OWN + name)
              .latest()
              .type()
              .toString())
          .isEqualTo("SecureString");
    }
  }

  @Test
  void rollsATextThatOnlyTheAdvancedTierHolds() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(5);
    String large = BETTER + "# " + "x".repeat(5_000) + "\n";
    stand
        .simulation
        .world()
        .parameters()
        .put(PutParameterRequest.builder()
            .name("/collectors/gateway")
            .value(large)
            .type("String")
            .tier("Advanced")
            .overwrite(true)
            .build());
    stand.pass(30);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(large);
  }

  @Test
  void changesNothingElseInADefinition() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 2}").pass(5);
    TaskDefinition before = stand.definition("a");
    stand.put("gateway", BETTER);
    stand.pass(30);
    TaskDefinition after = stand.definition("a");
    assertThat(comparable(after)).isEqualTo(comparable(before));
    assertThat(after.containerDefinitions())
        .extracting(ContainerDefinition::image)
        .allMatch(image -> image.contains("@sha256:"));
    String live = stand.state("gateway").path("live").asText();
    assertThat(stand.simulation.world().ecs().taskDefinitions().tags(after.taskDefinitionArn()))
        .contains(
            tag("shepherd:config", live),
            tag("shepherd:from", "2"),
            tag("shepherd:image", "v0.49.0"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /** A definition without what a pinned copy may change. */
  private static TaskDefinition comparable(TaskDefinition definition) {
    return definition.toBuilder()
        .taskDefinitionArn("")
        .revision(0)
        .registeredAt(null)
        .registeredBy(null)
        .containerDefinitions(definition.containerDefinitions().stream()
            .map(container -> container.toBuilder()
                .image("")
                .secrets(container.secrets().stream()
                    .map(ConfigRolloutTest::nameOnly)
                    .toList())
                .build())
            .toList())
        .build();
  }

  private static Secret nameOnly(Secret secret) {
    return Secret.builder().name(secret.name()).build();
  }

  @Test
  void writesNothingWhenNothingChanges() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(5);
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  @Test
  void makesNoMoreCallsThanThePagesNeed() throws IOException {
    String[] services = IntStream.range(0, 20)
        .mapToObj(i -> "{name: app-" + i + ", pattern: sidecar, tasks: 1, reference: pinned}")
        .toArray(String[]::new);
    Stand stand = Stand.fleet(services).pass(6); // RegistrationSync looks at the fifth minute.
    // S = 20 services in C = 1 cluster, F = 1 fleet, every definition read before:
    // max(1, ⌈S/100⌉) + ⌈S/10⌉ calls of ECS and max(1, ⌈F/50⌉) + 2·F calls of Parameter Store.
    // TaskReplacement's look lists the services as well, and its tasks.
    assertThat(stand.callsWhile(1))
        .isEqualTo(Map.of(
            "ecs:ListServices", 1 + 1,
            "ecs:DescribeServices", 2 + 2,
            "ecs:ListTasks", 1,
            "ecs:DescribeTasks", 1,
            "ssm:DescribeParameters", 1,
            "ssm:GetParameters", 1,
            "ssm:ListTagsForResource", 1));
  }

  @Test
  void refusesABrokenEditAndProtectsByNameServicesFromIt() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(5);
    stand.put("gateway", BROKEN);
    stand.pass(20);
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
    assertThat(stand
            .definition("a")
            .containerDefinitions()
            .getFirst()
            .secrets()
            .getFirst()
            .valueFrom())
        .startsWith(OWN + "revisions/");
    assertThat(stand.state("gateway").path("rejected").path("reason").asText())
        .contains("no-pipelines");
    stand.put("gateway", BETTER);
    stand.pass(20);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.state("gateway").has("rejected")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void refusesWhatIsNoConfig(String text, String rule) throws IOException {
    Stand stand =
        Stand.fleet("{name: a, pattern: service, tasks: 1, reference: pinned}").pass(5);
    stand.put("gateway", text);
    stand.pass(5);
    assertThat(stand.state("gateway").path("rejected").path("reason").asText()).contains(rule);
    assertThat(stand.simulation.report().restarts()).isZero();
    assertThat(Stand.writes(stand.callsWhile(5))).as("it is refused once").isEmpty();
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("not YAML", "receivers: [", "1:"),
        argumentSet("a word", "collector", "not-a-map"),
        argumentSet("a list", "[receivers]", "not-a-map"),
        argumentSet("a comment alone", "# nothing", "empty-config"),
        argumentSet(
            "no receivers",
            "exporters: {debug: {}}\nservice: {pipelines: {traces: {}}}",
            "no-receivers"),
        argumentSet("ten thousand levels", "a: " + "[".repeat(2_000) + "]".repeat(2_000), "1:"));
  }

  @Test
  void staysOnLiveWhenTheParameterIsDeleted() throws IOException {
    Stand stand =
        Stand.fleet("{name: a, pattern: service, tasks: 2, reference: pinned}").pass(5);
    stand.simulation.world().parameters().delete("/collectors/gateway");
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
    assertThat(stand.decisions()).contains("deleted");
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
  }

  @Test
  void keepsAByNameFleetOnLiveWhenItsParameterIsDeleted() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(5);
    stand.delete("/collectors/gateway");
    stand.pass(10);
    assertThat(valueFrom(stand)).startsWith(OWN + "revisions/");
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
    assertThat(stand.decisions()).contains("paused");
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  private static String valueFrom(Stand stand) {
    return stand
        .definition("a")
        .containerDefinitions()
        .getFirst()
        .secrets()
        .getFirst()
        .valueFrom();
  }

  @Test
  void leavesAServiceWithoutOurSecretAndOneThatIsTaggedOutAlone() throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml(
                "gateway",
                "{name: a, pattern: service, tasks: 1}",
                "{name: out, pattern: service, tasks: 1, tags: {\"shepherd:managed\": \"false\"}}"))
        .pass(5);
    stand.simulation.world().parameters().put("/app/password", "x");
    stand.foreign("other", "/app/password");
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.definition("out").revision()).isEqualTo(1);
    assertThat(stand.definition("other").revision()).isEqualTo(1);
  }

  @Test
  void pausesByTag() throws IOException {
    Stand stand = Stand.of(
            "fleets:\n" + Stand.fleetYaml("gateway", "{name: a, pattern: service, tasks: 1}") + """
            steps:
              - {at: 4m, tag: {parameter: /collectors/gateway, key: "shepherd:paused", value: "true"}}
              - {at: 20m, tag: {parameter: /collectors/gateway, key: "shepherd:paused", value: "false"}}
            """)
        .pass(5);
    stand.put("gateway", BETTER);
    stand.pass(10);
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
  }

  @Test
  void adoptsWhatTheTasksReadWhenTheParameterWasEditedSince() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(5);
    for (String name : List.of("state", "live", "current")) {
      stand.simulation.world().parameters().delete(OWN + name);
    }
    stand.put("gateway", BETTER);
    stand.pass(1);
    assertThat(stand.parameter(OWN + "state")).contains("\"completed\"");
    assertThat(stand.decisions()).contains("its oldest task started");
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.parameter(
            OWN + "revisions/" + stand.state("gateway").path("previous").asText()))
        .isEqualTo(GOOD);
  }
}
