package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.Fleets.BINARY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V1;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.name;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.Start;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The turns of a trial: what ends it, and what becomes of what tried the candidate. */
class TryingTest {
  private static final ServiceState LARGE = app("large", 40);

  @ParameterizedTest
  @EnumSource(names = {"PIN", "PROBE", "CANARY", "BAKE"})
  void aCandidateThatIsWithdrawnGoesBack(Phase phase) {
    Note note = (Note) trying(phase).source(V1).plan();
    assertThat(note.reason()).contains("withdrawn");
    assertThat(note.next().phase()).isEqualTo(Phase.IDLE);
    assertGoesBack(trying(phase).source(V1).state(_ -> note.next()));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIN", "PROBE", "CANARY", "BAKE"})
  void oneThatIsSupersededGoesBack(Phase phase) {
    Start start = (Start) trying(phase).source(V3).plan();
    assertThat(start.reason()).contains("supersedes " + H2);
    assertThat(start.next().phase()).isEqualTo(Phase.PIN);
    assertThat(start.next().trial().probed())
        .isEqualTo(trying(phase).state().trial().probed());
    assertGoesBack(trying(phase).source(V3).state(_ -> start.next()));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIN", "PROBE", "CANARY", "BAKE"})
  void oneThatIsAbortedGoesBack(Phase phase) {
    Attempt fleet = trying(phase).tag("shepherd:abort", H2.toString());
    Note note = (Note) fleet.plan();
    assertThat(note.next().isQuarantined(H2, Commands.EVERY_BINARY::equals)).isTrue();
    assertGoesBack(fleet.state(_ -> note.next()));
  }

  @ParameterizedTest
  @EnumSource(names = {"CANARY", "BAKE"})
  void oneThatFailedGoesBack(Phase phase) {
    FailCanary failed =
        (FailCanary) trying(phase).services(onV2(UNHEALTHY), LARGE).plan();
    assertThat(failed.next().quarantined())
        .containsExactly(new Quarantine(
            H2,
            BINARY,
            "prod/two task t0 collector: turned UNHEALTHY; prod/two task t1 collector:"
                + " turned UNHEALTHY"));
    assertThat(failed.next().live()).isEqualTo(H1);
    assertThat(failed.next().retiring()).isTrue();
    assertGoesBack(trying(phase).state(_ -> failed.next()));
  }

  @ParameterizedTest
  @EnumSource(names = {"PROBE", "CANARY", "BAKE"})
  void oneThatIsHeldGoesBackAtOnceAndTriesAgainEverLater(Phase phase) {
    RolloutState once = trying(phase).state().holding("no capacity", NOW);
    assertThat(once.phase()).isEqualTo(Phase.PIN);
    assertThat(once.trial().tries()).isEqualTo(1);
    assertGoesBack(trying(phase).state(_ -> once));
    RolloutSnapshot back =
        trying(phase).state(_ -> once).services(app("two", 2), LARGE).seen();
    assertThat(RolloutPlanner.plan(back, LIMITS, NOW.plusSeconds(299))).isInstanceOf(Wait.class);
    assertThat(RolloutPlanner.plan(back, LIMITS, NOW.plusSeconds(300)))
        .isInstanceOfSatisfying(
            Proceed.class, go -> assertThat(go.next().trial().first()).isEmpty());
    RolloutState twice = once.trying(Phase.PROBE, NOW).holding("no capacity", NOW);
    assertThat(twice.held().orElseThrow().until()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    RolloutState often = twice;
    for (int i = 0; i < 80; i++) {
      often = often.holding("no capacity", NOW);
    }
    assertThat(often.held().orElseThrow().until()).isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIN", "IDLE"})
  void whatWasSentThereAMomentAgoIsNotForgotten(Phase phase) {
    // A read may be as old as before the deployment.
    Attempt fleet = in(phase, app("two", 2), LARGE).first("two", 0);
    assertThat(fleet.plan()).isInstanceOf(Wait.class);
    assertThat(fleet.plan().reason()).contains("may not be visible there yet");
    assertThat(in(phase, app("two", 2), LARGE).first("two", 1).plan())
        .isInstanceOfAny(Proceed.class, Note.class);
  }

  private static void assertGoesBack(Attempt fleet) {
    assertThat(fleet.plan()).isInstanceOfSatisfying(Deploy.class, deploy -> {
      assertThat(deploy.orders()).singleElement().satisfies(order -> {
        assertThat(order.service()).isEqualTo(name("two"));
        assertThat(order.to()).isEqualTo(H1);
      });
      assertThat(deploy.next().trial().first()).contains(name("two"));
    });
  }

  /** The first service is on V2 since nine minutes. */
  private static Attempt trying(Phase phase) {
    return in(phase, onV2(HEALTHY), LARGE).first("two", 9);
  }

  private static ServiceState onV2(ContainerState.Health health) {
    return sidecar(well(Service.pinned("two", H2, 9, 2), health));
  }
}
