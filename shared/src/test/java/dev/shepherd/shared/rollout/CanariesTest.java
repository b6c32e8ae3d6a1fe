package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.ExtraTasks.crashed;
import static dev.shepherd.shared.rollout.ExtraTasks.draining;
import static dev.shepherd.shared.rollout.ExtraTasks.ended;
import static dev.shepherd.shared.rollout.ExtraTasks.pending;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.AnnounceTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanariesTest {
  private static final ServiceState GATEWAY = gateway("g", 3);
  private static final ServiceState LARGE = app("large", 40);

  @ParameterizedTest
  @MethodSource({"canaries", "together"})
  void brings(Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> canaries() {
    Attempt up = trying(GATEWAY).ordered(4, canary("g", 1));
    return Stream.of(
        argumentSet(
            "ordered", trying(GATEWAY), StartTasks.class, "canaries of " + H2 + ": 1 beside"),
        argumentSet(
            "not visible yet",
            trying(GATEWAY).trial(old -> old.ordered(NOW.minusSeconds(59), 1)),
            Wait.class,
            "not visible yet"),
        argumentSet(
            "room is taken by what drains",
            trying(GATEWAY).ordered(4, draining(canary("g", 9))).drained("g").trial(Trial::step),
            Wait.class,
            "begin when the extra tasks before them have ended"),
        argumentSet("start", up.extras(pending(canary("g", 1))), Wait.class, "not well yet"),
        argumentSet(
            "do not start",
            trying(GATEWAY).ordered(10, pending(canary("g", 1))),
            Hold.class,
            "prod/g canary task c-g1 has not started after 10 min"),
        argumentSet("well: in Cloud Map?", up, Look.class, "in Cloud Map?"),
        argumentSet("not there", up.registered("g"), AnnounceTasks.class, "are to be registered"),
        argumentSet(
            "still not there",
            trying(GATEWAY).ordered(10, canary("g", 1)).registered("g", "t1"),
            Hold.class,
            "not registered in Cloud Map after 10 min"),
        argumentSet("there", up.registered("g", "c-g1"), Proceed.class, "every canary is well"),
        argumentSet(
            "crashed", up.extras(crashed(canary("g", 1), 1)), FailCanary.class, "exited with 1"),
        argumentSet(
            "Spot took it",
            up.extras(ended(canary("g", 1), "SpotInterruption", "Spot", 1)),
            Hold.class,
            "ended: SpotInterruption Spot"),
        argumentSet(
            "one of two crashed",
            trying(gateway("g", 12)).ordered(4, canary("g", 1), crashed(canary("g", 2), 1)),
            FailCanary.class,
            "task c-g2 collector: exited"),
        argumentSet(
            "their number stays", // 12 tasks may have 4 by now.
            trying(gateway("g", 12)).ordered(4, canary("g", 1)).registered("g", "c-g1"),
            Proceed.class,
            "every canary is well"),
        argumentSet(
            "a service more: only what is left of the share",
            trying(gateway("g", 9), gateway("h", 9))
                .ordered(4, canary("g", 1), canary("g", 2), canary("g", 3)),
            StartTasks.class,
            "3 beside prod/h"));
  }

  static Stream<Arguments> together() {
    ServiceState two = app("two", 2);
    Attempt both = trying(GATEWAY, onV2(Progress.IN_PROGRESS, HEALTHY), LARGE)
        .first("two", 12)
        .ordered(12, canary("g", 1));
    return Stream.of(
        argumentSet(
            "canary tasks first", trying(GATEWAY, two, LARGE), StartTasks.class, "1 beside"),
        argumentSet(
            "then the first service, while they start",
            trying(GATEWAY, two, LARGE).ordered(1, pending(canary("g", 1))),
            Deploy.class,
            "prod/two goes first"),
        argumentSet(
            "they are announced while it is on its way",
            both.ordered(9, canary("g", 1)).registered("g"),
            AnnounceTasks.class,
            "are to be registered"),
        argumentSet(
            "announced, and it is on its way",
            both.registered("g", "c-g1"),
            Wait.class,
            "its deployment is in progress"),
        argumentSet(
            "pull receivers: the first service alone",
            trying(GATEWAY, two, LARGE).state(old -> old.trial(pulling())),
            Deploy.class,
            "goes first"));
  }

  private static Trial pulling() {
    return Trial.NONE.of(true);
  }

  private static ServiceState onV2(Progress progress, ContainerState.Health health) {
    return sidecar(well(Service.pinned("two", H2, 9, 2).primary(progress, 5), health));
  }

  private static Attempt trying(ServiceState... services) {
    return in(Phase.CANARY, services);
  }
}
