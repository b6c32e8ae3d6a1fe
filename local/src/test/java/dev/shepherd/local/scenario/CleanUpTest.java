package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.CleanUp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** The real handler on the day on which old things go. */
class CleanUpTest {
  private static final String OLD = "0123456789ab";

  /** A fleet whose minute comes half an hour after the start; all seems to be of long ago. */
  static final String FLEET = IntStream.range(0, 100_000)
      .mapToObj(number -> "f" + number)
      .filter(name -> CleanUp.isDue(
          new FleetName(name),
          Instant.parse("2026-05-11T09:29:30Z"),
          Instant.parse("2026-05-11T09:30:30Z")))
      .findFirst()
      .orElseThrow();

  private final Stand stand = stand();

  private Stand stand() {
    try {
      return Stand.of("policy: {settleSeconds: 20, probeSeconds: 20, bakeMinutes: 0}\nfleets:\n"
          + Stand.fleetYaml(FLEET, "{name: a, pattern: sidecar, tasks: 1}"));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private void ageBy(Duration age) {
    double seconds = age.toSeconds();
    stand.simulation.face().rewrite((operation, answer) -> {
      if (operation.equals("ecs:DescribeTaskDefinition")) {
        older((ObjectNode) answer.path("taskDefinition"), "registeredAt", seconds);
      }
      answer
          .path("Parameters")
          .forEach(parameter -> older((ObjectNode) parameter, "LastModifiedDate", seconds));
      return answer;
    });
  }

  private static void older(ObjectNode node, String field, double seconds) {
    node.put(field, node.path(field).asDouble() - seconds);
  }

  private String snapshot() {
    return "/shepherd/collectors/" + FLEET + "/revisions/" + OLD;
  }

  /** A snapshot that was never live. */
  private void forgottenSnapshot() {
    stand
        .simulation
        .world()
        .parameters()
        .put(PutParameterRequest.builder()
            .name(snapshot())
            .value(BETTER)
            .type("String")
            .build());
  }

  private String register(String family, Map<String, String> tags) {
    return stand
        .simulation
        .world()
        .ecs()
        .taskDefinitions()
        .register(RegisterTaskDefinitionRequest.builder()
            .family(family)
            .executionRoleArn(stand.definition("a").executionRoleArn())
            .containerDefinitions(ContainerDefinition.builder()
                .name("collector")
                .image("collector:1")
                .memory(100)
                .secrets(Secret.builder().name("CONFIG").valueFrom(snapshot()).build())
                .build())
            .tags(tags.entrySet().stream()
                .map(
                    tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
            .build())
        .taskDefinitionArn();
  }

  private boolean isActive(String arn) {
    return stand
        .simulation
        .world()
        .ecs()
        .taskDefinitions()
        .find(arn)
        .orElseThrow()
        .statusAsString()
        .equals("ACTIVE");
  }

  @Test
  void removesWhatNobodyUsesOrNamesAndThenWritesNothing() {
    forgottenSnapshot();
    String probe = register("a-shepherd-probe", Map.of("shepherd:config", OLD));
    ageBy(Duration.ofDays(40));
    stand.pass(29);
    assertThat(isActive(probe)).isTrue();
    assertThat(Stand.writes(stand.callsWhile(2))).containsOnlyKeys("ecs:DeregisterTaskDefinition");
    assertThat(isActive(probe)).as("%s", stand.decisions()).isFalse();
    assertThat(stand.has(snapshot())).as("its revision went a moment ago").isTrue();
    stand.pass(24 * 60 - 5);
    assertThat(Stand.writes(stand.callsWhile(10))).containsOnlyKeys("ssm:DeleteParameter");
    assertThat(stand.has(snapshot())).as("%s", stand.decisions()).isFalse();
    assertThat(stand.has("/shepherd/collectors/" + FLEET + "/state")).isTrue();
    assertThat(stand.simulation.report().converged()).isTrue();
  }

  @Test
  void keepsTheSnapshotThatAForeignRevisionNames() {
    forgottenSnapshot();
    register("somebody-elses-batch", Map.of());
    ageBy(Duration.ofDays(40));
    stand.pass(40);
    assertThat(stand.has(snapshot())).isTrue();
    assertThat(stand.decisions()).doesNotContain("CleanUp");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void removesNothingWhenAListingIsPartial(String operation) {
    forgottenSnapshot();
    String probe = register("a-shepherd-probe", Map.of("shepherd:config", OLD));
    ageBy(Duration.ofDays(40));
    stand.pass(29);
    stand.denials.deny((called, request) -> called.equals(operation));
    stand.pass(3);
    assertThat(isActive(probe)).isTrue();
    assertThat(stand.has(snapshot())).isTrue();
    stand.denials.deny((called, request) -> false);
    stand.pass(2);
    assertThat(isActive(probe)).as("it is made up for: %s", stand.decisions()).isFalse();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        argumentSet("revisions", "ecs:ListTaskDefinitions"),
        argumentSet("tasks", "ecs:ListTasks"),
        argumentSet("parameters", "ssm:DescribeParameters"));
  }

  @Test
  void deregistersOldRevisionsOfAServiceButNoneInUseNorTheirs() {
    stand.pass(5).put(FLEET, BETTER);
    stand.pass(8);
    String pinned = stand.definition("a").taskDefinitionArn();
    stand.put(FLEET, Stand.config("4319"));
    stand.pass(8);
    assertThat(stand.definition("a").taskDefinitionArn()).isNotEqualTo(pinned);
    ageBy(Duration.ofDays(40));
    stand.pass(15);
    assertThat(isActive(pinned)).as("%s", stand.decisions()).isFalse();
    assertThat(isActive(stand.definition("a").taskDefinitionArn())).isTrue();
    assertThat(stand.definition("a").revision())
        .as("its own first one is theirs")
        .isEqualTo(4);
    assertThat(isActive(pinned.replaceFirst(":[0-9]+$", ":1"))).isTrue();
  }

  @Test
  void costsNothingOnAllOtherLooks() {
    ageBy(Duration.ofDays(40));
    stand.pass(10);
    assertThat(stand.callsWhile(10))
        .doesNotContainKeys("ecs:ListTaskDefinitions", "ecs:DescribeTaskDefinition");
  }
}
