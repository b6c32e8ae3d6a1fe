package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Alarms that services name by tag: what turned takes a config back, what stood before holds. */
class ConfigRolloutAlarmTest {
  private static final String SMALL =
      "{name: a, pattern: service, tasks: 2, tags: {\"shepherd:alarms\": latency + errors}}";
  private static final String LARGE = "{name: b, pattern: service, tasks: 20}";

  private static Stand standing(StateValue latency) throws IOException {
    Stand stand = Stand.fleet(SMALL, LARGE);
    stand.simulation.world().alarms().set("latency", latency);
    return stand.pass(10);
  }

  @Test
  void takesBackWhatTurnsAnAlarm() throws IOException {
    Stand stand = standing(StateValue.OK);
    assertThat(stand.callsWhile(5)).doesNotContainKey("cloudwatch:DescribeAlarms");
    String good = stand.state("gateway").path("live").asText();
    stand.put("gateway", BETTER);
    passUntilServiceAReads(stand, BETTER);
    stand.simulation.world().alarms().set("latency", StateValue.ALARM);
    stand.pass(25);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(GOOD);
    assertThat(stand.textsRead("b")).containsExactly(GOOD);
    assertThat(stand.state("gateway").path("live").asText()).isEqualTo(good);
    assertThat(stand.state("gateway").path("quarantined").toString()).contains("alarm latency");
    assertThat(stand.callsWhile(5)).doesNotContainKey("cloudwatch:DescribeAlarms");
  }

  @Test
  void isHeldByWhatStoodBeforeAndGoesOnOnceItIsOver() throws IOException {
    Stand stand = standing(StateValue.ALARM);
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.textsRead("b")).as(stand.decisions()).containsExactly(GOOD);
    assertThat(stand.state("gateway").path("quarantined")).isEmpty();
    assertThat(stand.state("gateway").path("held").path("reason").asText()).contains("latency");
    stand.simulation.world().alarms().set("latency", StateValue.OK);
    stand.pass(90);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(BETTER);
    assertThat(stand.textsRead("b")).containsExactly(BETTER);
  }

  @Test
  void takesBackWhatTurnsAnAlarmWhileItBakes() throws IOException {
    Stand stand = standing(StateValue.OK);
    stand.put("gateway", BETTER);
    stand.passTo("bake").pass(2);
    stand.simulation.world().alarms().set("latency", StateValue.ALARM);
    stand.pass(8);
    assertThat(CanaryStand.reason(stand)).as(stand.decisions()).contains("alarm latency");
    assertThat(stand.everythingTold()).doesNotContain("Rollout Promoted");
    CanaryStand.endsOn(stand, GOOD);
  }

  private static void passUntilServiceAReads(Stand stand, String text) {
    for (int minute = 0; minute < 60 && !stand.textsRead("a").contains(text); minute++) {
      stand.pass(1);
    }
    assertThat(stand.textsRead("a")).as(stand.decisions()).contains(text);
  }
}
