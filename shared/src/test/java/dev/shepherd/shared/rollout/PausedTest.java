package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.ExtraTasks.probe;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.DrainTasks;
import dev.shepherd.shared.rollout.RolloutDecision.StopTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code shepherd:paused=true}: what goes on, and what stays as it is. */
class PausedTest {
  @ParameterizedTest
  @MethodSource("steps")
  void onlyTakesDown(Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = paused(fleet).plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  private static Attempt paused(Attempt fleet) {
    return fleet.tag("shepherd:paused", "true");
  }

  static Stream<Arguments> steps() {
    ExtraTask older = extra(Kind.CANARY, "g", V3.hash(), "c-older", HEALTHY);
    return Stream.of(
        argumentSet(
            "a probe goes: it may collect twice",
            in(Phase.PROBE, gateway("g", 12)).ordered(2, probe("g")),
            StopTasks.class,
            "not wanted any more: the rollout is paused"),
        argumentSet(
            "a probe of live, for a role, as well",
            in(Phase.PIN, Service.byName("g", 2).state())
                .ordered(2, extra(Kind.PROBE, "g", H1, "p-live", HEALTHY)),
            StopTasks.class,
            "paused"),
        argumentSet(
            "canaries stay",
            in(Phase.BAKE, gateway("g", 12)).ordered(20, canary("g", 1), canary("g", 2)),
            Wait.class,
            "paused by the tag"),
        argumentSet(
            "probes that bake stay",
            in(Phase.BAKE, app("a", 1)).ordered(20, probe("a")),
            Wait.class,
            "paused by the tag"),
        argumentSet(
            "beyond the share: drained",
            in(Phase.BAKE, gateway("g", 3)).ordered(20, canary("g", 1), canary("g", 2)),
            DrainTasks.class,
            "1 canary tasks are not wanted"),
        argumentSet(
            "of a text that was superseded: drained",
            in(Phase.PIN, gateway("g", 12)).ordered(20, older),
            DrainTasks.class,
            "paused"),
        argumentSet(
            "no first service is brought there",
            in(Phase.CANARY, app("a", 2), app("b", 8)),
            Wait.class,
            "paused by the tag"),
        argumentSet(
            "and none goes back",
            in(Phase.PIN, Service.pinned("a", H2, 9, 2).madeFrom(8).state(), app("b", 8))
                .first("a", 40),
            Wait.class,
            "paused by the tag"));
  }

  @Test
  void probesBeginAnewAfterwardsUnderAnotherToken() {
    Attempt probing = in(Phase.PROBE, gateway("g", 12)).ordered(2, probe("g"));
    StopTasks stop = (StopTasks) paused(probing).plan();
    assertThat(stop.next().since()).isEqualTo(NOW);
    assertThat(stop.next().trial().orderedAt()).isEmpty();
    assertThat(stop.next().trial().extrasAt()).as("they may show for a while").isPresent();
  }

  @Test
  void aHoldLastsThroughIt() {
    Attempt held = in(Phase.PROBE, gateway("g", 12))
        .ordered(2, probe("g"))
        .state(old -> old.holding("no capacity", minutesBefore(1)));
    StopTasks stop = (StopTasks) paused(held).plan();
    assertThat(stop.next().held()).isEqualTo(held.state().held());
  }
}
