package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.AlarmState.State;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Promote;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrialAlarmsTest {
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
