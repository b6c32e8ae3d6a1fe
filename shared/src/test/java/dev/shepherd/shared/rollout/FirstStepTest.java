package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.running;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.unread;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FirstStepTest {
  private static final ServiceState LARGE = app("large", 40);

  @ParameterizedTest
  @MethodSource("first")
  void brings(Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> first() {
    ServiceState two = app("two", 2);
    Attempt sent = trying(onV2(Progress.COMPLETED, HEALTHY), LARGE).first("two", 5);
    return Stream.of(
        argumentSet("goes", trying(two, LARGE), Deploy.class, "prod/two goes first"),
        argumentSet("images first", trying(unread(two), LARGE), Look.class, "collectors well?"),
        argumentSet(
            "in progress",
            sent.services(onV2(Progress.IN_PROGRESS, HEALTHY), LARGE),
            Wait.class,
            "its deployment is in progress"),
        argumentSet("first seen well", sent, Note.class, "settling for 60 s more"),
        argumentSet(
            "well for settleSeconds",
            sent.state(old ->
                old.moving(List.of(old.moving().getFirst().well(Optional.of(minutesBefore(1)))))),
            Proceed.class,
            "every canary is well"),
        argumentSet(
            "sick",
            sent.services(onV2(Progress.IN_PROGRESS, UNHEALTHY), LARGE),
            FailCanary.class,
            "turned UNHEALTHY"),
        argumentSet(
            "sick: and the others?",
            sent.services(onV2(Progress.IN_PROGRESS, UNHEALTHY), unread(LARGE)),
            Look.class,
            "collectors on live well?"),
        argumentSet(
            "sick, and so are the others",
            sent.services(
                onV2(Progress.IN_PROGRESS, UNHEALTHY),
                sidecar(well(Service.pinned("large", H1, 8, 40), UNHEALTHY))),
            Hold.class,
            "not well either"),
        argumentSet(
            "none of its tasks runs just now: no other one goes",
            sent.services(running(onV2(Progress.IN_PROGRESS, UNHEALTHY), 0), app("a", 1), LARGE),
            FailCanary.class,
            "turned UNHEALTHY"),
        argumentSet("ECS took it back", sent.services(two, LARGE), Hold.class, "took it back"),
        argumentSet(
            "its deployment failed",
            sent.services(onV2(Progress.FAILED, HEALTHY), LARGE),
            Hold.class,
            "its deployment failed"),
        argumentSet(
            "someone else deploys",
            trying(
                sidecar(well(Service.pinned("two", H1, 8, 2).primary(Progress.IN_PROGRESS, 1))),
                LARGE),
            Wait.class,
            "someone else's"));
  }

  @Test
  void takesNoSecondFirstServiceForATextThatWasCompletedBefore() {
    // With driftRepair=never, what somebody pinned to a completed config is left alone.
    Attempt fleet =
        trying(onV2(Progress.IN_PROGRESS, HEALTHY), app("a", 1), LARGE).first("two", 2);
    RolloutLimits never = new RolloutLimits(
        LIMITS.settle(),
        LIMITS.start(),
        LIMITS.deployment(),
        2,
        LIMITS.waves(),
        LIMITS.canary(),
        DriftRepair.NEVER,
        PinByName.AT_ROLLOUT);
    Attempt before = fleet.state(FirstStepTest::withV2Completed);
    assertThat(RolloutPlanner.plan(before.seen(), never, NOW).reason())
        .contains("its deployment is in progress");
  }

  private static RolloutState withV2Completed(RolloutState old) {
    return new RolloutState(
        old.live(),
        old.previous(),
        List.of(H2, H1),
        old.candidate(),
        old.phase(),
        old.since(),
        old.moving(),
        old.findings(),
        old.rejected(),
        old.quarantined(),
        old.released(),
        old.wellAtStart(),
        old.okAlarms(),
        old.held(),
        old.trial(),
        old.proofs(),
        old.retiring());
  }

  private static ServiceState onV2(Progress progress, ContainerState.Health health) {
    return sidecar(well(Service.pinned("two", H2, 9, 2).primary(progress, 5), health));
  }

  private static Attempt trying(ServiceState... services) {
    return in(Phase.CANARY, services);
  }
}
