package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What somebody else pinned, and by-name services, as the stack's policy says. */
class ConfigRolloutDriftTest {
  private static final String TWO = Stand.fleetYaml(
      "gateway", "{name: a, pattern: service, tasks: 2}", "{name: b, pattern: service, tasks: 3}");
  private static final String NEWEST = Stand.config("4319");

  /**
   * Both services run BETTER; then somebody takes service a back to the revision that pins GOOD.
   */
  private static Stand drifted(String policy) throws IOException {
    Stand stand = Stand.of("policy: {" + policy + "}\nfleets:\n" + TWO).pass(5);
    stand.put("gateway", BETTER);
    stand.pass(60);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    String now = stand.definition("a").taskDefinitionArn();
    String older = now.substring(0, now.lastIndexOf(':')) + ":2";
    stand
        .simulation
        .world()
        .ecs()
        .updateService(UpdateServiceRequest.builder()
            .cluster("prod")
            .service("a")
            .taskDefinition(older)
            .build());
    return stand.pass(10);
  }

  @Test
  void leavesDriftForTheNextRolloutUnlessToldOtherwise() throws IOException {
    Stand stand = drifted("driftRepair: next");
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(GOOD);
    assertThat(stand.decisions()).contains("on another config (drift): prod/a on ");
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
    stand.put("gateway", NEWEST);
    stand.pass(60);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(NEWEST);
  }

  @Test
  void repairsDriftNow() throws IOException {
    Stand stand = drifted("driftRepair: now");
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  @Test
  void leavesDriftForEver() throws IOException {
    Stand stand = drifted("driftRepair: never");
    stand.put("gateway", NEWEST);
    stand.pass(60);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(NEWEST);
    assertThat(stand.textsRead("a")).containsExactly(GOOD);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.decisions()).contains("left as they are: prod/a");
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  @Test
  void leavesByNameServicesAlone() throws IOException {
    Stand stand = Stand.of("policy: {pinByName: never}\nfleets:\n"
            + Stand.fleetYaml(
                "gateway",
                "{name: a, pattern: service, tasks: 2}",
                "{name: b, pattern: service, tasks: 3, reference: pinned}"))
        .pass(5);
    stand.put("gateway", BETTER);
    stand.pass(60);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.definition("a").revision()).isEqualTo(1);
    assertThat(stand.decisions()).contains("prod/a by name, pinByName=never");
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }
}
