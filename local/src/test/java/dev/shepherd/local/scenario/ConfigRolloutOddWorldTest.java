package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * What accounts hold in practice: one odd thing stops neither its own fleet for ever nor others.
 */
class ConfigRolloutOddWorldTest {
  private static final String OWN = "/shepherd/collectors/gateway/";
  private static final String SERVICE = "{name: a, pattern: service, tasks: 2}";
  private static final String NEWEST = Stand.config("4319");

  @ParameterizedTest
  @MethodSource("kinds")
  void rollsAConfigWhoseParameterChangesItsKind(boolean secure, boolean recreated, Kind next)
      throws IOException {
    String fleet = Stand.fleetYaml("gateway", SERVICE);
    Stand stand = Stand.of("fleets:\n"
            + (secure ? fleet.replace("    text:", "    secure: true\n    text:") : fleet))
        .pass(5);
    if (recreated) {
      stand.delete("/collectors/gateway");
      stand.pass(2);
    }
    stand.put(BETTER, next.type, next.more);
    stand.pass(30);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    String snapshot = OWN + "revisions/" + stand.state("gateway").path("live").asText();
    var kept = stand.simulation.world().parameters().get(snapshot).latest();
    var source =
        stand.simulation.world().parameters().get("/collectors/gateway").latest();
    assertThat(kept.type()).isEqualTo(source.type());
    assertThat(kept.keyId()).isEqualTo(source.keyId());
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  record Kind(String type, UnaryOperator<PutParameterRequest.Builder> more) {}

  static Stream<Arguments> kinds() {
    Kind plain = new Kind("String", put -> put);
    Kind secret = new Kind("SecureString", put -> put);
    Kind otherKey = new Kind("SecureString", put -> put.keyId("alias/mine"));
    return Stream.of(
        argumentSet("another key", true, false, otherKey),
        argumentSet("String becomes SecureString", false, true, secret),
        argumentSet("SecureString becomes String", true, true, plain));
  }

  @Test
  void neverPutsASecretTextInTheOpen() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.delete("/collectors/gateway");
    stand.pass(2);
    stand.put(BETTER, "SecureString", put -> put);
    stand.pass(30);
    stand.simulation.world().parameters().all().values().stream()
        .filter(parameter -> parameter.latest().type().toString().equals("String"))
        .forEach(parameter -> assertThat(parameter.latest().text()).isNotEqualTo(BETTER));
    assertThat(stand.everythingTold()).contains("current cannot be written");
    stand.delete(OWN + "current");
    stand.pass(3);
    assertThat(stand.parameter(OWN + "current")).isEqualTo(BETTER);
  }

  @Test
  void waitsInRedeployModeUntilCurrentMayHaveItsNewType() throws IOException {
    Stand stand =
        Stand.fleet("{name: a, pattern: service, tasks: 2, reference: current}").pass(5);
    stand.delete("/collectors/gateway");
    stand.pass(2);
    stand.put(BETTER, "SecureString", put -> put);
    stand.pass(20);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("waves");
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
    assertThat(stand.everythingTold()).contains("current cannot be written");
    stand.delete(OWN + "current");
    stand.pass(20);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
  }

  @Test
  void goesBackToTheStandardTier() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.put(BETTER + "# " + "x".repeat(5_000) + "\n", "String", put -> put.tier("Advanced"));
    stand.pass(20);
    stand.delete("/collectors/gateway");
    stand.pass(2);
    stand.put(NEWEST, "String", put -> put.tier("Standard"));
    stand.pass(30);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(NEWEST);
  }

  @Test
  void rollsANewTextThoughLivesSnapshotWasDeleted() throws IOException {
    Stand stand =
        Stand.fleet("{name: a, pattern: service, tasks: 2, reference: pinned}").pass(5);
    String live = stand.state("gateway").path("live").asText();
    stand.delete(OWN + "revisions/" + live);
    stand.delete(OWN + "current");
    stand.pass(2);
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void isNotStoppedByANeighbour(String valueFrom) throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.foreign("other", valueFrom);
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.deadLetters()).isZero();
    assertThat(stand.definition("other").revision()).isEqualTo(1);
  }

  static Stream<Arguments> neighbours() {
    String arn = "arn:aws:ssm:eu-west-1:111122223333:parameter";
    return Stream.of(
        argumentSet("an empty folder in a name", "/collectors//gateway"),
        argumentSet("the same by ARN", arn + "/collectors//x"),
        argumentSet("an odd current", "/shepherd/collectors/x//current"),
        argumentSet("an odd snapshot", "/shepherd/collectors//revisions/0123456789ab"),
        argumentSet("the prefix alone", "/collectors/"));
  }

  @Test
  void isNotStoppedByATextThatTheParserChokesOn() throws IOException {
    Stand stand = Stand.of("fleets:\n" + Stand.fleetYaml("gateway", SERVICE)
            + Stand.fleetYaml("other", "{name: b, pattern: service, tasks: 1}"))
        .pass(5);
    stand.put("other", "receivers: \"\\UFFFFFFFF\"\n");
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.textsRead("b")).containsExactly(GOOD);
    assertThat(stand.state("other").path("rejected").path("reason").asText()).contains("yaml");
    assertThat(stand.deadLetters()).isZero();
  }

  @Test
  void isNotStoppedByAServiceWithoutAPrimaryDeployment() throws IOException {
    Stand stand = Stand.fleet(SERVICE, "{name: b, pattern: service, tasks: 1}").pass(5);
    stand.services((name, service) -> {
      if (name.equals("b")) {
        service.putArray("deployments");
      }
    });
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.deadLetters()).isZero();
  }

  @Test
  void rollsAServiceBehindAClassicLoadBalancer() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.services((name, service) -> service
        .path("deployments")
        .forEach(deployment -> ((ObjectNode) deployment).remove("rolloutState")));
    stand.put("gateway", BETTER);
    stand.pass(40);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
  }

  @Test
  void isNotStoppedByADefinitionThatItMayNotRead() throws IOException {
    Stand stand = Stand.fleet(SERVICE).pass(5);
    stand.foreign("other", "/app/x");
    stand.denials.deny((operation, request) ->
        operation.equals("ecs:DescribeTaskDefinition") && request.toString().contains("other"));
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(stand.everythingTold()).contains("prod/other");
  }

  @Test
  void leavesAServiceAloneHoweverFalseIsWritten() throws IOException {
    Stand stand = Stand.fleet(
            "{name: a, pattern: service, tasks: 1, tags: {\"shepherd:managed\": \"False\"}}")
        .pass(5);
    stand.put("gateway", BETTER);
    stand.pass(20);
    assertThat(stand.definition("a").revision()).isEqualTo(1);
  }

  @Test
  void supersedesARolloutThatIsUnderWay() throws IOException {
    for (int minutes = 1; minutes <= 6; minutes++) {
      Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 12, reference: pinned,"
              + " minimumHealthyPercent: 50, maximumPercent: 125}")
          .pass(5);
      stand.put("gateway", BETTER);
      stand.pass(minutes);
      stand.put("gateway", NEWEST);
      stand.pass(40);
      assertThat(stand.textsRead("a")).as("after %s min", minutes).containsExactly(NEWEST);
    }
  }
}
