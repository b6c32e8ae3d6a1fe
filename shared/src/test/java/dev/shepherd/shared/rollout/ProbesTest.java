package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNKNOWN;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.crashed;
import static dev.shepherd.shared.rollout.ExtraTasks.draining;
import static dev.shepherd.shared.rollout.ExtraTasks.ended;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.ExtraTasks.pending;
import static dev.shepherd.shared.rollout.ExtraTasks.probe;
import static dev.shepherd.shared.rollout.ExtraTasks.startedAgo;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.obstacle;
import static dev.shepherd.shared.rollout.Services.unread;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.Promote;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutDecision.StopTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProbesTest {
  private static final ServiceState GATEWAY = gateway("g", 12);

  @ParameterizedTest
  @MethodSource({"start", "wellness", "troubles"})
  void probes(Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> start() {
    return Stream.of(
        argumentSet("images first", probing(unread(GATEWAY)), Look.class, "which images run?"),
        argumentSet("one is started", probing(GATEWAY), StartTasks.class, "1 beside prod/g"),
        argumentSet(
            "two digests of one image",
            probing(well(Service.pinned("g", H1, 8, 2), i -> "sha256:" + i)),
            Wait.class,
            "different image digests"),
        argumentSet(
            "not visible yet",
            probing(GATEWAY).trial(old -> old.ordered(NOW.minusSeconds(59), 1)),
            Wait.class,
            "not visible yet"),
        argumentSet(
            "not visible any more: ordered again",
            probing(GATEWAY).ordered(1),
            StartTasks.class,
            "1 beside prod/g"),
        argumentSet(
            "never visible", probing(GATEWAY).ordered(10), Hold.class, "not visible after 10 min"),
        argumentSet(
            "of the candidate before it: none of these",
            probing(GATEWAY)
                .ordered(1, draining(extra(Kind.CANARY, "g", V3.hash(), "c", HEALTHY)))
                .drained("g"),
            StartTasks.class,
            "1 beside prod/g"),
        argumentSet(
            "host networking: none",
            probing(obstacle(GATEWAY, Obstacle.HOST_NETWORK)),
            Promote.class,
            "nothing can try it: the first wave bakes; no canary tasks beside prod/g: host"),
        argumentSet(
            "fixed host ports: the probe has none, and bakes",
            probing(obstacle(GATEWAY, Obstacle.FIXED_HOST_PORTS))
                .ordered(4, probe("g"))
                .trial(old -> old.well(Optional.of(minutesBefore(1)))),
            Proceed.class,
            "its probes are its canaries; no canary tasks beside prod/g: fixed host ports"),
        argumentSet(
            "scaled to 0: none", probing(gateway("g", 0)), Promote.class, "the first wave bakes"));
  }

  static Stream<Arguments> wellness() {
    Attempt up = probing(GATEWAY).ordered(4, probe("g"));
    return Stream.of(
        argumentSet("first seen well", up, Note.class, "1 probes are well on " + H2),
        argumentSet(
            "well for 59 s",
            up.trial(old -> old.well(Optional.of(NOW.minusSeconds(59)))),
            Wait.class,
            "must stay so for 60 s"),
        argumentSet(
            "well for 60 s",
            up.trial(old -> old.well(Optional.of(NOW.minusSeconds(60)))),
            Note.class,
            "passed beside: prod/g"),
        argumentSet("starts", up.extras(pending(probe("g"))), Wait.class, "not well yet"),
        argumentSet("checked, not HEALTHY yet", up.extras(unsure()), Wait.class, "not well yet"),
        argumentSet(
            "not well any more",
            up.extras(unsure()).trial(old -> old.well(Optional.of(NOW))),
            Note.class,
            "not well any more"),
        argumentSet(
            "has not started in time",
            probing(GATEWAY).ordered(10, pending(probe("g"))),
            Hold.class,
            "prod/g probe task p-g has not started after 10 min"),
        argumentSet(
            "pull receivers: it does not stay",
            up.trial(old -> pulling(old).well(Optional.of(minutesBefore(1)))),
            Note.class,
            "passed beside"),
        argumentSet(
            "pull receivers: passed",
            up.extras(new ExtraTask[0]).trial(old -> passed(pulling(old), GATEWAY)),
            Promote.class,
            "its probes passed, and may not stay: the first wave bakes; no canary tasks beside"
                + " prod/g: its receivers collect by themselves"),
        argumentSet(
            "passed: stopped",
            up.trial(old -> passed(old, GATEWAY)),
            StopTasks.class,
            "1 extra tasks are not wanted any more: the phase is probe"),
        argumentSet(
            "passed and stopped",
            up.extras(new ExtraTask[0]).trial(old -> passed(old, GATEWAY)),
            Proceed.class,
            "its probes passed"));
  }

  static Stream<Arguments> troubles() {
    Attempt up = probing(GATEWAY).ordered(12);
    ExtraTask never = pending(probe("g"));
    return Stream.of(
        argumentSet("exited", up.extras(crashed(probe("g"), 1)), FailCanary.class, "exited with 1"),
        argumentSet(
            "UNHEALTHY",
            up.extras(extra(Kind.PROBE, "g", H2, "p", UNHEALTHY)),
            FailCanary.class,
            "turned UNHEALTHY"),
        argumentSet(
            "started, and not well in time, is the config's fault",
            up.extras(startedAgo(11, unsure())),
            FailCanary.class,
            "not well within 10 min"),
        argumentSet(
            "exited, and the others are sick too",
            probing(well(Service.pinned("g", H1, 8, 12), UNHEALTHY))
                .ordered(2, crashed(probe("g"), 1)),
            Hold.class,
            "those on live are not well either"),
        argumentSet(
            "exited: are the others well?",
            probing(unread(GATEWAY)).ordered(2, crashed(probe("g"), 1)),
            Look.class,
            "collectors on live well"),
        argumentSet(
            "cannot read its config",
            up.extras(ended(never, "TaskFailedToStart", "AccessDeniedException: no", 1)),
            Hold.class,
            "AccessDeniedException: no; allow role to read it: {\"Effect\":\"Allow\""),
        argumentSet(
            "cannot be pulled",
            up.extras(ended(never, "TaskFailedToStart", "CannotPullContainerError", 1)),
            Hold.class,
            "ended: TaskFailedToStart CannotPullContainerError"),
        argumentSet(
            "a long reason is cut",
            up.extras(ended(never, "TaskFailedToStart", "x".repeat(900), 1)),
            Hold.class,
            "x".repeat(200) + "…"),
        argumentSet(
            "somebody stopped it",
            up.extras(ended(probe("g"), "UserInitiated", "Task stopped by user", 1)),
            Hold.class,
            "Task stopped by user"),
        argumentSet(
            "Shepherd stopped it: one is started again",
            up.extras(ended(probe("g"), "UserInitiated", "shepherd: done", 1))
                .trial(old -> old.ordered(minutesBefore(2), 1)),
            StartTasks.class,
            "1 beside"),
        argumentSet(
            "what ended before this phase is nothing to it",
            up.extras(crashed(probe("g"), 22)).trial(Trial::step),
            StartTasks.class,
            "1 beside"),
        argumentSet(
            "of another config",
            up.extras(crashed(extra(Kind.PROBE, "g", H1, "p", HEALTHY), 1)).trial(Trial::step),
            StartTasks.class,
            "1 beside"));
  }

  private static ExtraTask unsure() {
    return extra(Kind.PROBE, "g", H2, "p", UNKNOWN);
  }

  private static Trial pulling(Trial old) {
    return new Trial(
        true,
        old.tries(),
        old.extrasAt(),
        old.orderedAt(),
        old.ordered(),
        old.wellSince(),
        old.drainingSince(),
        old.outSince(),
        old.first(),
        old.probed(),
        old.unbaked());
  }

  private static Trial passed(Trial old, ServiceState... services) {
    return old.passed(Stream.of(services).map(each -> Probes.key(each, H2)).toList());
  }

  private static Attempt probing(ServiceState... services) {
    return in(Phase.PROBE, services);
  }
}
