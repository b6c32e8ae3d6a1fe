package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.ExtraTasks.draining;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.ExtraTasks.probe;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.DrainTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.StopTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TakeDownTest {
  private static final ServiceState GATEWAY = gateway("g", 3);
  private static final ServiceState UNREGISTERED = registry(GATEWAY, Optional.empty());

  @ParameterizedTest
  @MethodSource("steps")
  void takesDown(Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> steps() {
    Attempt held = in(Phase.CANARY, GATEWAY)
        .ordered(9)
        .state(old -> old.holding("no capacity", minutesBefore(1)));
    ExtraTask one = canary("g", 1);
    Attempt draining = held.extras(draining(one));
    return Stream.of(
        argumentSet(
            "a canary task drains first",
            held.extras(one),
            DrainTasks.class,
            "1 canary tasks are not wanted any more: the rollout is held"),
        argumentSet("is it out?", draining, Look.class, "out of Cloud Map?"),
        argumentSet(
            "it is not: asked again",
            draining.registered("g", "c-g1").trial(since(2, -1)),
            DrainTasks.class,
            "1 canary tasks are still in Cloud Map"),
        argumentSet(
            "it is not, for ten minutes",
            draining.registered("g", "c-g1").trial(since(10, -1)),
            StopTasks.class,
            "asked to drain 10 min ago, and are stopped as they are"),
        argumentSet(
            "it is out",
            draining.registered("g").trial(since(2, -1)),
            Note.class,
            "1 canary tasks are out of Cloud Map"),
        argumentSet(
            "clients may hold its address",
            draining.registered("g").trial(since(2, 0)),
            Wait.class,
            "held until"),
        argumentSet(
            "the TTL is over",
            draining.registered("g").trial(since(2, 1)),
            StopTasks.class,
            "1 canary tasks: they are drained"),
        argumentSet(
            "nothing to be registered in: stopped at once",
            held.services(UNREGISTERED).extras(one),
            StopTasks.class,
            "1 extra tasks are not wanted"),
        argumentSet(
            "its service is not managed any more: drained all the same",
            held.services(Service.pinned("g", H1, 8, 3).owner(Owner.TAGGED_OUT).state())
                .extras(one),
            DrainTasks.class,
            "not wanted any more"),
        argumentSet(
            "its service is gone",
            held.services(new ServiceState[0]).extras(one),
            StopTasks.class,
            "1 extra tasks are not wanted"),
        argumentSet(
            "none is left: forgotten",
            held.trial(old -> old.ordered(minutesBefore(2), 1).step()),
            Note.class,
            "no extra task is left"),
        argumentSet(
            "none is seen, and the order is young",
            held.trial(old -> old.ordered(NOW.minusSeconds(119), 1).step()),
            Wait.class,
            "held until"));
  }

  private static java.util.function.UnaryOperator<Trial> since(int drain, int out) {
    return old -> old.draining(
        Optional.of(minutesBefore(drain)), Optional.of(minutesBefore(out)).filter(_ -> out >= 0));
  }

  @ParameterizedTest
  @EnumSource
  void takesDownInEveryPhase(Phase phase) {
    Attempt fleet = in(phase, GATEWAY).ordered(9, extra(Kind.CANARY, "g", V3.hash(), "c", HEALTHY));
    assertThat(fleet.plan()).isInstanceOf(DrainTasks.class);
    Attempt probe = in(phase, GATEWAY).ordered(9, extra(Kind.PROBE, "g", V3.hash(), "p", HEALTHY));
    assertThat(probe.plan()).isInstanceOf(StopTasks.class);
  }

  @Test
  void goesOnWhileTheyDrain() {
    Attempt fleet = in(Phase.PIN, GATEWAY).ordered(9, draining(canary("g", 1))).drained("g");
    assertThat(fleet.plan()).isInstanceOf(Proceed.class);
  }

  @Test
  void givesLaterOnesTheirOwnTimeToDrain() {
    // Of others, that ended by themselves, a time was remembered.
    Attempt fleet = in(Phase.PIN, GATEWAY).ordered(40, canary("g", 1)).trial(since(30, 29));
    assertThat(fleet.plan())
        .isInstanceOfSatisfying(
            DrainTasks.class,
            drain -> assertThat(drain.next().trial().drainingSince()).contains(NOW));
  }

  @Test
  void looksBeforeItTakesDown() {
    RolloutSnapshot seen = in(Phase.PIN, GATEWAY).ordered(9).seen();
    RolloutSnapshot unseen = new RolloutSnapshot(
        seen.fleet(),
        seen.source(),
        seen.tags(),
        seen.live(),
        seen.current(),
        seen.state(),
        seen.services(),
        seen.history(),
        Optional.empty(),
        seen.alarms());
    assertThat(RolloutPlanner.plan(unseen, LIMITS, NOW).reason()).contains("which extra tasks");
  }
}
