package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.Fleets.BINARY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V1;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.arn;
import static dev.shepherd.shared.rollout.Fleets.mark;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.image;
import static dev.shepherd.shared.rollout.Services.name;
import static dev.shepherd.shared.rollout.Services.obstacle;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.Promote;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promoted without canaries. */
class PromotionTest {
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
    Attempt again = in(Phase.PROBE, gateway).state(PromotionTest::completedBefore);
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
}
