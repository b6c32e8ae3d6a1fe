package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNKNOWN;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.ExtraTasks.crashed;
import static dev.shepherd.shared.rollout.ExtraTasks.ended;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.ExtraTasks.probe;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.obstacle;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.unread;
import static dev.shepherd.shared.rollout.Services.well;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.FailCanary;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Promote;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BakeTest {
  private static final ServiceState GATEWAY = gateway("g", 3);
  private static final ServiceState LARGE = app("large", 40);

  @ParameterizedTest
  @MethodSource({"canaries", "probes", "first"})
  void bakes(Attempt fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = fleet.plan();
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> canaries() {
    Attempt up = baking(15, GATEWAY).ordered(25, canary("g", 1)).trial(Trial::step);
    Attempt young = baking(9, GATEWAY).ordered(25, canary("g", 1)).trial(Trial::step);
    ExtraTask unsure = extra(Kind.CANARY, "g", H2, "c", UNKNOWN);
    return Stream.of(
        argumentSet("for a while", young, Wait.class, "bakes until 2026-05-11T10:01:00Z"),
        argumentSet("to the end", up, Promote.class, "its canaries stayed well"),
        argumentSet(
            "how well is the fleet?",
            up.services(unread(GATEWAY)),
            Look.class,
            "how well is the fleet before"),
        argumentSet(
            "the tag says longer",
            up.tag("shepherd:bake-minutes", "60"),
            Wait.class,
            "bakes until"),
        argumentSet(
            "the tag says not at all",
            baking(0, GATEWAY)
                .ordered(25, canary("g", 1))
                .trial(Trial::step)
                .tag("shepherd:bake-minutes", "0"),
            Promote.class,
            "stayed well"),
        argumentSet(
            "one crashed", young.extras(crashed(canary("g", 1), 1)), FailCanary.class, "exited"),
        argumentSet(
            "one crashed while the phase turned",
            young.extras(crashed(canary("g", 1), 10)),
            FailCanary.class,
            "exited"),
        argumentSet(
            "Spot took one",
            young.extras(ended(canary("g", 1), "SpotInterruption", "Spot", 1)),
            Hold.class,
            "SpotInterruption"),
        argumentSet(
            "Shepherd itself took the last one down",
            young.extras(ended(canary("g", 1), "UserInitiated", "shepherd: done", 1)),
            Hold.class,
            "nothing tries the candidate any more"),
        argumentSet(
            "none is left",
            young.extras(new ExtraTask[0]),
            Hold.class,
            "nothing tries the candidate"),
        argumentSet(
            "not well at the end", up.extras(unsure), Wait.class, "not every canary is well"),
        argumentSet(
            "not well long after the end", // A check's grace may begin anew.
            up.extras(unsure).state(old -> old.trying(Phase.BAKE, minutesBefore(21))),
            Hold.class,
            "not every canary is well at the end"),
        argumentSet(
            "a service takes the config by name meanwhile, and someone deploys there: watched on",
            young
                .services(
                    GATEWAY,
                    Service.byName("b", 2)
                        .primary(Progress.IN_PROGRESS, 1)
                        .read(HEALTHY)
                        .state())
                .extras(crashed(canary("g", 1), 1))
                .trial(old ->
                    old.passed(List.of(Probes.key(Service.byName("b", 2).state(), H1)))),
            FailCanary.class,
            "exited"),
        argumentSet(
            "a service takes the config by name meanwhile: pinned",
            young
                .services(GATEWAY, Service.byName("b", 2).read(HEALTHY).state())
                .trial(old ->
                    old.passed(List.of(Probes.key(Service.byName("b", 2).state(), H1)))),
            Deploy.class,
            "prod/b by name"));
  }

  static Stream<Arguments> probes() {
    ServiceState fixed = obstacle(gateway("g", 3), Obstacle.FIXED_HOST_PORTS);
    Attempt up = baking(5, fixed).ordered(9, probe("g")).trial(Trial::step);
    return Stream.of(
        argumentSet("bakes", up, Wait.class, "bakes until"),
        argumentSet(
            "to the end",
            up.state(old -> old.trying(Phase.BAKE, minutesBefore(10))),
            Promote.class,
            "stayed well"),
        argumentSet("crashed", up.extras(crashed(probe("g"), 1)), FailCanary.class, "exited"),
        argumentSet(
            "was stopped",
            up.extras(ended(probe("g"), "UserInitiated", "by hand", 1)),
            Hold.class,
            "by hand"),
        argumentSet("is gone", up.extras(new ExtraTask[0]), Hold.class, "nothing tries"));
  }

  static Stream<Arguments> first() {
    Attempt up = baking(20, onV2(2, HEALTHY), LARGE).first("two", 30);
    return Stream.of(
        argumentSet("to the end", up, Promote.class, "stayed well"),
        argumentSet(
            "is it well?", up.services(unread(onV2(2, HEALTHY)), LARGE), Look.class, "well?"),
        argumentSet("sick", up.services(onV2(2, UNHEALTHY), LARGE), FailCanary.class, "UNHEALTHY"),
        argumentSet(
            "not well at the end",
            up.services(young(onV2(2, UNKNOWN)), LARGE),
            Hold.class,
            "not every canary is well"),
        argumentSet(
            "grows beyond the share",
            up.services(onV2(14, HEALTHY), LARGE),
            Hold.class,
            "prod/two has grown beyond 25% of the fleet's tasks"),
        argumentSet(
            "someone shipped over it",
            up.services(app("two", 2), LARGE),
            Hold.class,
            "nothing tries the candidate any more"),
        argumentSet(
            "a service takes the config by name meanwhile: it stays where it is",
            up.services(
                    onV2(2, HEALTHY),
                    LARGE,
                    Service.byName("b", 2).read(HEALTHY).state())
                .trial(old ->
                    old.passed(List.of(Probes.key(Service.byName("b", 2).state(), H1)))),
            Deploy.class,
            "prod/b by name while the source is not live: pinned to live " + H1));
  }

  /** Its tasks have just started. */
  private static ServiceState young(ServiceState service) {
    return service.with(service.tasks().orElseThrow().stream()
        .map(task -> new TaskState(
            task.id(),
            task.taskDefinition(),
            task.deployment(),
            task.running(),
            Optional.of(minutesBefore(2)),
            task.stop(),
            task.place(),
            task.containers()))
        .toList());
  }

  private static ServiceState onV2(int tasks, ContainerState.Health health) {
    return sidecar(well(Service.pinned("two", H2, 9, tasks), health));
  }

  private static Attempt baking(int minutes, ServiceState... services) {
    return in(Phase.BAKE, services).state(old -> old.trying(Phase.BAKE, minutesBefore(minutes)));
  }
}
