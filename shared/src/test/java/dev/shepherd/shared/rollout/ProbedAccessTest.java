package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.crashed;
import static dev.shepherd.shared.rollout.ExtraTasks.ended;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.ExtraTasks.pending;
import static dev.shepherd.shared.rollout.Fleets.BROKEN;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProbedAccessTest {
  private static final ServiceState BY_NAME =
      Service.byName("b", 2).read(HEALTHY).state();
  private static final ServiceState PINNED = gateway("g", 12);

  @ParameterizedTest
  @MethodSource("access")
  void asksForAccessToLiveBeforeItPins(
      Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> access() {
    Attempt pinning = in(Phase.PIN, BY_NAME, PINNED);
    ExtraTask live = extra(Kind.PROBE, "b", H1, "p", HEALTHY);
    ExtraTask denied = ended(pending(live), "TaskFailedToStart", "AccessDeniedException: no", 6);
    return Stream.of(
        argumentSet("a probe of live", pinning, StartTasks.class, "probes of " + H1 + ": 1 beside"),
        argumentSet("it starts", pinning.ordered(1, pending(live)), Wait.class, "its probes start"),
        argumentSet(
            "it does not start",
            pinning.ordered(10, pending(live)),
            Hold.class,
            "has not started after 10 min"),
        argumentSet(
            "it has started, and that is enough",
            pinning.ordered(1, extra(Kind.PROBE, "b", H1, "p", UNHEALTHY)),
            Note.class,
            "can be read by: prod/b"),
        argumentSet(
            "it has started and crashed: it has read its config",
            pinning.ordered(3, crashed(live, 1)),
            Note.class,
            "can be read by: prod/b"),
        argumentSet("no access", pinning.ordered(8, denied), Hold.class, "allow role to read it"),
        argumentSet(
            "a hold's cause is not counted again by the next try",
            pinning.extras(denied).state(old -> old.holding("denied", minutesBefore(5))),
            StartTasks.class,
            "probes of " + H1),
        argumentSet(
            "nor while nothing is tried",
            new Attempt(
                    RolloutState.adopted(H1, List.of(), minutesBefore(300)).trial(Trial.NONE),
                    BROKEN,
                    Map.of(),
                    List.of(BY_NAME),
                    List.of(denied),
                    Map.of(),
                    Optional.empty())
                .state(old -> old.rejecting(Optional.of(new Rejection(BROKEN.hash(), 2, "no"))))
                .state(old -> old.holding("denied", minutesBefore(5))),
            StartTasks.class,
            "probes of " + H1),
        argumentSet(
            "read: pinned",
            pinning.trial(old -> old.passed(List.of(Probes.key(BY_NAME, H1)))),
            Deploy.class,
            "prod/b by name while the source is not live: pinned to live"),
        argumentSet(
            "what went first goes back before that",
            in(Phase.PIN, BY_NAME, PINNED, onCandidate()).first("a", 30),
            Deploy.class,
            "prod/a on another config: back to live"),
        argumentSet(
            "and is not held by it",
            in(Phase.PIN, BY_NAME, PINNED, onCandidate()).first("a", 30).ordered(8, denied),
            Deploy.class,
            "prod/a on another config: back to live"));
  }

  private static ServiceState onCandidate() {
    return sidecar(well(Service.pinned("a", H2, 9, 2)));
  }
}
