package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.DeploymentState.Progress.COMPLETED;
import static dev.shepherd.shared.rollout.Fleets.BINARY;
import static dev.shepherd.shared.rollout.Fleets.BROKEN;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.idle;
import static dev.shepherd.shared.rollout.Fleets.mark;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Fleets.promoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.rollout.Fleets.Fleet;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rollout was held four minutes ago, for the first time: it tries again in a minute. */
class HeldTest {
  private static final RolloutState TRYING = RolloutState.adopted(H1, List.of(), minutesBefore(99))
      .trial(Trial.NONE)
      .starting(V2, minutesBefore(20))
      .trying(Phase.BAKE, minutesBefore(9));
  private static final RolloutState HELD = TRYING.holding("no capacity", minutesBefore(4));

  @ParameterizedTest
  @MethodSource("whoMoves")
  void movesOnlyWhoCameSince(Fleet fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = RolloutPlanner.plan(fleet.seen(), LIMITS, NOW);
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
    if (decision instanceof Deploy deploy) {
      assertThat(deploy.orders()).extracting(Order::to).containsOnly(H1);
      assertThat(deploy.next().held())
          .as("it stays held")
          .isEqualTo(fleet.state().orElseThrow().held());
    }
  }

  static Stream<Arguments> whoMoves() {
    Service pinned = Service.pinned("a", H1, 8, 4).read(HEALTHY);
    Service byName = Service.byName("b", 4).read(HEALTHY);
    Service since = byName.primary(COMPLETED, 2);
    RolloutState readable =
        HELD.trial(HELD.trial().passed(List.of(Probes.key(byName.state(), H1))));
    RolloutState failed = HELD.quarantining(new Quarantine(V3.hash(), BINARY, "failed"));
    Service onFailed = Service.pinned("b", V3.hash(), 9, 4).read(HEALTHY);
    return Stream.of(
        argumentSet("all pinned", held(HELD, pinned), Wait.class, "held until"),
        argumentSet(
            "by name since then: can its role read live?",
            held(HELD, pinned, since),
            StartTasks.class,
            "probes of " + H1 + ": 1 beside prod/b"),
        argumentSet(
            "by name since then, and it can",
            held(readable, pinned, since),
            Deploy.class,
            "prod/b by name while the source is not live: pinned to live"),
        argumentSet(
            "by name before: it may be what is waited for",
            held(readable, pinned, byName),
            Wait.class,
            "held until"),
        argumentSet(
            "by name shortly before: that may have held it",
            held(readable, pinned, byName.primary(COMPLETED, 6)),
            Deploy.class,
            "pinned to live"),
        argumentSet(
            "ECS took its pin back shortly before",
            held(
                readable.moving(List.of(mark("b", H1, 7, 6))),
                pinned,
                byName.primary(COMPLETED, 5)),
            Wait.class,
            "held until"),
        argumentSet(
            "by name, and the source is live",
            idle(pinned, since)
                .state(HELD.withdrawn(minutesBefore(4)).holding("x", minutesBefore(4))),
            Wait.class,
            "held until"),
        argumentSet(
            "on what is in quarantine since then",
            held(failed, pinned, onFailed.primary(COMPLETED, 2)),
            Deploy.class,
            "prod/b on another config: back to live"),
        argumentSet(
            "on what is in quarantine before", held(failed, onFailed), Wait.class, "held until"),
        argumentSet(
            "after the promotion, and the source's newer text is refused",
            promoted(List.of(), pinned, since).source(BROKEN).state(refusedInWaves()),
            StartTasks.class,
            "probes of " + H2 + ": 1 beside prod/b"));
  }

  private static Fleet held(RolloutState state, Service... services) {
    return idle(services).source(V2).state(state);
  }

  private static RolloutState refusedInWaves() {
    RolloutState waves = promoted(List.of()).seen().state().orElseThrow();
    return waves
        .rejecting(Optional.of(new Rejection(BROKEN.hash(), 2, "no")))
        .holding("stuck", minutesBefore(4));
  }
}
