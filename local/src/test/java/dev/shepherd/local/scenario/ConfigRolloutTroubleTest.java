package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.WorldService;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real handler against a world in which things go wrong. */
class ConfigRolloutTroubleTest {
  private static final String SERVICE = "{name: a, pattern: sidecar, tasks: 2}";

  /** Does something once, right before the first such call has its effect. */
  private static CallHook onceBefore(String operation, Runnable act) {
    AtomicBoolean done = new AtomicBoolean();
    return new CallHook() {
      @Override
      public void before(String called, ObjectNode request) {
        if (called.equals(operation) && !done.getAndSet(true)) {
          act.run();
        }
      }
    };
  }

  @Test
  void givesBackAReleaseThatItsUpdateOvertook() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.put("gateway", BETTER);
    stand.simulation.face().hook(onceBefore("ecs:UpdateService", () -> stand.ship("app:99")));
    stand.pass(40);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.definition("a").containerDefinitions().getFirst().image())
        .as(stand.story())
        .startsWith("app");
  }

  @ParameterizedTest
  @MethodSource("moments")
  void goesOnWithoutAServiceThatVanishes(String operation) throws IOException {
    Stand stand = Stand.fleet(SERVICE, "{name: b, pattern: sidecar, tasks: 3}").pass(5);
    stand.put("gateway", BETTER);
    stand.simulation.face().hook(onceBefore(operation, () -> {
      WorldService gone = stand.service("a");
      stand.simulation.world().ecs().deleteService(gone, true);
    }));
    stand.pass(40);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
  }

  static Stream<Arguments> moments() {
    return Stream.of(
        argumentSet("before it is described", "ecs:DescribeServices"),
        argumentSet("before its tasks are listed", "ecs:ListTasks"),
        argumentSet("before its tasks are described", "ecs:DescribeTasks"),
        argumentSet("before its revision is registered", "ecs:RegisterTaskDefinition"),
        argumentSet("before it is updated", "ecs:UpdateService"));
  }

  @Test
  void reportsAFleetThatIsDeniedAndRollsTheOther() throws IOException {
    Stand stand = Stand.of(
            "fleets:\n" + Stand.fleetYaml("denied", "{name: a, pattern: service, tasks: 1}")
                + Stand.fleetYaml("works", "{name: b, pattern: service, tasks: 1}"))
        .pass(5);
    stand.denials.deny((operation, request) ->
        operation.equals("ssm:GetParameters") && request.toString().contains("/collectors/denied"));
    stand.put("denied", BETTER);
    stand.put("works", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("b")).containsExactly(BETTER);
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
    assertThat(stand.everythingTold()).contains("AccessDeniedException");
    stand.denials.deny((operation, request) -> false);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
  }

  @Test
  void neverActsOnAPartialListing() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.put("gateway", BETTER);
    stand.denials.deny((operation, request) -> operation.equals("ecs:ListServices"));
    assertThat(Stand.writes(stand.callsWhile(10))).containsOnlyKeys("events:PutEvents");
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
  }

  @Test
  void copiesNoDefinitionWithAMemberThatTheModelDoesNotKnow() throws IOException {
    Stand stand = Stand.fleet(SERVICE);
    stand.simulation.face().rewrite((operation, answer) -> {
      if (operation.equals("ecs:DescribeTaskDefinition")) {
        ((ObjectNode) answer.path("taskDefinition").path("containerDefinitions").get(0))
            .put("newThing", 1);
      }
      return answer;
    });
    stand.pass(5).put("gateway", BETTER);
    stand.pass(10);
    assertThat(stand.definition("a").revision()).isEqualTo(1);
    assertThat(stand.everythingTold()).contains("containerDefinitions[0].newThing");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void dropsAMessageThatItCannotReadAndGoesOn(String body) throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.simulation.host().queue("ConfigRolloutQueue").send("rollout", body);
    stand.put("gateway", BETTER);
    stand.pass(40);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.simulation.host().queue("ConfigRolloutDeadLetters").size()).isZero();
    assertThat(stand.everythingTold()).doesNotContain("s3cr3t");
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        argumentSet("not JSON", "s3cr3t-word {"),
        argumentSet("no event", "{\"s3cr3t-word\": 1}"),
        argumentSet(
            "a foreign event",
            "{\"source\":\"s3\",\"detail-type\":\"x\",\"time\":\"2026-05-11T09:00:00Z\"}"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsTheSameWhateverHappensToCallsAndEvents(String faults) throws IOException {
    Stand stand = Stand.of("fleets:\n" + Stand.fleetYaml("gateway", SERVICE) + "faults: {" + faults
            + "}\n" + "steps:\n  - {at: 45m, faults: \"off\"}\n")
        .pass(5);
    stand.put("gateway", BETTER);
    stand.pass(50);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(Stand.writes(stand.callsWhile(4))).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        argumentSet("every second event doubled", "duplicate: 0.5"),
        argumentSet("late and out of order", "reorder: 0.5, delay: 90s"),
        argumentSet("every event lost", "lose: 1.0"),
        argumentSet("every fifth call throttled", "throttle: 0.2"),
        argumentSet("every fifth call fails", "serverError: 0.2"));
  }

  /** Killed at any of the first calls; {@link CanaryKillTest} has all of a larger fleet's. */
  @ParameterizedTest
  @MethodSource("calls")
  void survivesAKillAtAnyCall(String reference, int call) throws IOException {
    Stand stand = Stand.of(Stand.QUICK + "fleets:\n"
            + Stand.fleetYaml("gateway", SERVICE.replace("}", ", reference: " + reference + "}"))
            + "steps:\n  - {at: 5m, killCall: {function: ConfigRollout, call: " + call + "}}\n")
        .pass(5);
    stand.put("gateway", BETTER);
    stand.pass(25);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.state("gateway").has("held")).isFalse();
    assertThat(stand.definition("a").revision()).as("revisions registered").isLessThanOrEqualTo(4);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
            IntStream.rangeClosed(1, 120).mapToObj(call -> Arguments.of("by-name", call)),
            IntStream.rangeClosed(1, 60).mapToObj(call -> Arguments.of("current", 2 * call)))
        .flatMap(each -> each);
  }

  @Test
  void tellsNoConfigTextAnywhere() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.put("gateway", BETTER);
    stand.pass(20);
    stand.put("gateway", BETTER.replace("service:", "servic:"));
    stand.pass(20);
    assertThat(stand.everythingTold()).doesNotContain("s3cr3t-word");
    assertThat(stand.parameter("/shepherd/collectors/gateway/state")).doesNotContain("s3cr3t-word");
  }
}
