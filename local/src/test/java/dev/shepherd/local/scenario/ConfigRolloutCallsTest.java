package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What ConfigRollout need not ask, and what it asks all the same. */
class ConfigRolloutCallsTest {
  private static final String[] APPS = {
    "{name: a, pattern: sidecar, tasks: 2}", "{name: b, pattern: sidecar, tasks: 3}"
  };

  private static int calls(Stand stand, String operation) {
    return stand.simulation.callsOf("ConfigRollout").getOrDefault(operation, 0);
  }

  @Test
  void itsOwnDeploymentsCostNoWholeLookInTheWaves() throws IOException {
    Stand stand = Stand.quick(APPS).pass(5);
    stand.put("gateway", BETTER);
    stand.passTo("waves").pass(1);
    int looks = calls(stand, "ecs:ListServices");
    int minutes = 0;
    while (!stand.state("gateway").path("phase").asText().equals("idle")) {
      stand.pass(1);
      minutes++;
    }
    assertThat(stand.textsRead("a")).containsExactly(BETTER);
    assertThat(calls(stand, "ecs:ListServices") - looks).as(stand.story()).isEqualTo(minutes);
  }

  @Test
  void somebodyElsesDeploymentIsLookedAtAtOnce() throws IOException {
    Stand stand = Stand.quick(APPS).pass(5);
    stand.simulation.runTo(stand.simulation.now().plusSeconds(20));
    int looks = calls(stand, "ecs:ListServices");
    stand.ship("app:99");
    stand.simulation.runTo(stand.simulation.now().plusSeconds(10));
    assertThat(calls(stand, "ecs:ListServices")).isEqualTo(looks + 1);
  }

  @Test
  void twoFleetsAreReadInOneCallAndOneThatIsDeniedAlone() throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("denied", "{name: a, pattern: service, tasks: 1}")
            + Stand.fleetYaml("third", "{name: c, pattern: service, tasks: 1}")
            + Stand.fleetYaml("works", "{name: b, pattern: service, tasks: 1}"))
        .pass(10);
    int reads = calls(stand, "ssm:GetParameters");
    stand.pass(4);
    assertThat(calls(stand, "ssm:GetParameters") - reads).as("two a minute").isEqualTo(8);

    stand.denials.deny((operation, request) ->
        operation.equals("ssm:GetParameters") && request.toString().contains("/collectors/denied"));
    stand.pass(4);
    reads = calls(stand, "ssm:GetParameters");
    stand.pass(4);
    assertThat(calls(stand, "ssm:GetParameters") - reads)
        .as("two a minute, one of them refused")
        .isEqualTo(8);
    stand.put("works", BETTER);
    stand.put("third", BETTER);
    stand.pass(40);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.textsRead("c")).containsExactly(BETTER);
  }
}
