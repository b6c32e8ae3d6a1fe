package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.Fleets.BINARY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V1;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.arn;
import static dev.shepherd.shared.rollout.Fleets.mark;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.image;
import static dev.shepherd.shared.rollout.Services.name;
import static dev.shepherd.shared.rollout.Services.obstacle;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.AlarmState.State;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.Promote;
import dev.shepherd.shared.rollout.RolloutDecision.Start;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @MethodSource("known")
  void promotesAtOnceWhatTheWholeFleetHasRun(
      Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> known() {
    ServiceState gateway = gateway("g", 12);
    Attempt again = in(Phase.PROBE, gateway).state(TryingTest::completedBefore);
    Attempt passed = again.trial(old -> old.passed(List.of(Probes.key(gateway, H2))));
    ServiceState newer = image(gateway, "o/collector@sha256:" + "b".repeat(64));
    ServiceState tag = image(gateway, "o/collector:v1");
    return Stream.of(
        argumentSet("probed all the same", again, StartTasks.class, "probes of " + H2),
        argumentSet("and promoted", passed, Promote.class, "the whole fleet has run it before"),
        argumentSet(
            "on another binary it is tried",
            again.services(newer).trial(old -> old.passed(List.of(Probes.key(newer, H2)))),
            Proceed.class,
            "its probes passed"),
        argumentSet(
            "on a tag nobody knows what it ran on",
            again.services(tag).trial(old -> old.passed(List.of(Probes.key(tag, H2)))),
            Proceed.class,
            "its probes passed"));
  }

  /** V2 was completed on the binary that runs; then V1 was put again, and now V2. */
  private static RolloutState completedBefore(RolloutState old) {
    return RolloutState.adopted(H2, List.of(), minutesBefore(300))
        .trial(Trial.NONE)
        .starting(V1, minutesBefore(290))
        .promoted(H1, 100, Set.of(BINARY), true, minutesBefore(290))
        .finished(Set.of(BINARY), minutesBefore(280))
        .starting(V2, minutesBefore(30))
        .trying(Phase.PROBE, old.since());
  }

  @Test
  void aFirstWaveThatHasToBakeIsOneService() {
    ServiceState small = obstacle(gateway("small", 1), Obstacle.HOST_NETWORK);
    ServiceState large = obstacle(gateway("large", 40), Obstacle.HOST_NETWORK);
    Attempt fleet = in(Phase.PROBE, small, large);
    Promote promote = (Promote) fleet.plan();
    assertThat(promote.next().trial().unbaked()).isTrue();
    Attempt waves = fleet.state(_ -> promote.next());
    assertThat(waves.plan())
        .isInstanceOfSatisfying(
            Deploy.class,
            deploy -> assertThat(deploy.orders())
                .singleElement()
                .satisfies(order -> assertThat(order.service()).isEqualTo(name("small"))));
    Moving well = mark("small", H2, 8, 0)
        .started("ecs-svc/9", arn("small", 9), Optional.empty())
        .well(Optional.of(NOW));
    RolloutSnapshot baking = waves
        .state(old -> old.moving(List.of(well)))
        .services(well(Service.pinned("small", H2, 9, 1)), large)
        .seen();
    assertThat(RolloutPlanner.plan(baking, LIMITS, NOW.plusSeconds(599)).reason())
        .contains("settling for 1 s more");
    assertThat(RolloutPlanner.plan(baking, LIMITS, NOW.plusSeconds(600)))
        .isInstanceOfSatisfying(
            Proceed.class, go -> assertThat(go.next().trial().unbaked()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("alarms")
  void looksAtTheAlarmsInEveryPhase(
      Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> alarms() {
    Attempt looked = alarmed(Phase.BAKE).alarm(alarm(State.OK, 300));
    Attempt baking =
        looked.state(old -> old.watching(Alarms.of(looked.seen(), old).start()));
    Attempt probing = baking.state(old -> old.trying(Phase.PROBE, minutesBefore(20)));
    return Stream.of(
        argumentSet("how do they stand?", alarmed(Phase.BAKE), Look.class, "alarms stand before"),
        argumentSet("remembered", looked, Note.class, "as they stand are remembered"),
        argumentSet("stands as before", baking, Promote.class, "stayed well"),
        argumentSet(
            "turned",
            baking.alarm(alarm(State.ALARM, 3)),
            FailCanary.class,
            "the alarm latency was OK and went to ALARM"),
        argumentSet(
            "turned while the phase turned",
            baking.alarm(alarm(State.ALARM, 21)),
            FailCanary.class,
            "went to ALARM"),
        argumentSet(
            "turned before anything was started",
            probing.extras(new ExtraTask[0]).alarm(alarm(State.ALARM, 21)),
            Hold.class,
            "not OK before the config ran: latency"),
        argumentSet(
            "stood in ALARM before",
            looked
                .state(old -> old.watching(Optional.of(List.of())))
                .alarm(alarm(State.ALARM, 300)),
            Hold.class,
            "not OK before the config ran: latency"));
  }

  private static AlarmState alarm(State state, int minutesAgo) {
    return new AlarmState("latency", state, minutesBefore(minutesAgo));
  }

  private static Attempt alarmed(Phase phase) {
    ServiceState like = gateway("g", 3);
    ServiceState named = new ServiceState(
        like.name(),
        like.definition(),
        like.desired(),
        like.running(),
        like.deployments(),
        like.scheduling(),
        like.registry(),
        like.canaryFirst(),
        List.of("latency"),
        like.owner(),
        like.tasks());
    return in(phase, named).ordered(25, canary("g", 1)).trial(Trial::step);
  }
}
