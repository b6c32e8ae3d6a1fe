package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ConfigRollout need not ask, and what it asks all the same. */
class ConfigRolloutCallsTest {
  private static final String[] APPS = {
    "{name: a, pattern: sidecar, tasks: 2, reference: pinned}",
    "{name: b, pattern: sidecar, tasks: 3, reference: pinned}"
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

  @Test
  void whatIsNotedIsWrittenWithWhatFollowsIt() throws IOException {
    Stand stand = Stand.quick(APPS).pass(5);
    int writes = calls(stand, "ssm:PutParameter");
    stand.put("gateway", BETTER);
    stand.passTo("probe");
    assertThat(stand.decisions()).contains("Start", "Proceed", "StartTasks");
    assertThat(calls(stand, "ssm:PutParameter") - writes)
        .as("a snapshot and one state:\n%s", stand.story())
        .isEqualTo(2);
  }

  @Test
  void whatIsNotedIsWrittenThoughTheReadAfterItFails() throws IOException {
    Stand stand = Stand.quick(APPS).pass(5);
    stand.denials.deny((operation, request) -> operation.equals("ecs:ListTasks"));
    stand.put("gateway", BETTER);
    stand.passTo("probe");
    assertThat(stand.state("gateway").path("candidate").asText())
        .isNotEqualTo(stand.state("gateway").path("live").asText());
    assertThat(stand.state("gateway").path("trial").path("orderedAt").asText()).isEmpty();
  }

  @Test
  void endedExtraTasksAreNotListedWhileAllAreUp() throws IOException {
    Stand stand = Stand.quick(APPS[0]).pass(5);
    List<String> ended = new ArrayList<>();
    stand.simulation.face().hook(new CallHook() {
      @Override
      public void before(String operation, ObjectNode request) {
        boolean ofAll = request.path("serviceName").isMissingNode();
        if (operation.equals("ecs:ListTasks")
            && ofAll
            && request.path("desiredStatus").asText().equals("STOPPED")) {
          ended.add(request.toString());
        }
      }
    });
    stand.put("gateway", BETTER);
    stand.passTo("bake");
    assertThat(ended).isEmpty();
    Ecs ecs = stand.simulation.world().ecs();
    ecs.stopTask(
        ecs.cluster("prod").standaloneTasks().stream()
            .filter(WorldTask::isWanted)
            .findFirst()
            .orElseThrow(),
        "someone was here");
    stand.pass(1);
    assertThat(ended).hasSize(1);
    assertThat(stand.state("gateway").path("held").toString()).contains("someone was here");
  }
}
