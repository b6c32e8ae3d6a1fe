package dev.shepherd.shared.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestartRuleTest {
  private static final RolloutState QUIET =
      RolloutState.adopted(Fleets.H1, List.of(), Fleets.minutesBefore(200));
  private static final RolloutState ROLLING =
      QUIET.moving(List.of(Fleets.mark("a", Fleets.H2, 7, 5)));

  /** Ordered five minutes ago to go from revision 6 to 7, which UpdateService has answered. */
  private static RolloutState settling(ConfigHash to) {
    Moving ordered = Fleets.mark("a", to, 6, 5);
    return QUIET.moving(
        List.of(ordered.started("ecs-svc/7", Fleets.arn("a", 7), Optional.empty())));
  }

  private static Service sick(int tasks) {
    return Service.pinned("a", Fleets.H1, 7, tasks).read(Health.UNHEALTHY);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void forcesOnlyWhatTheWorldConfirms(
      ServiceState service, String task, RolloutState state, boolean sourceIsLive, String refusal) {
    assertThat(RestartRule.refusal(service, task, List.of(state), sourceIsLive))
        .isEqualTo(Optional.of(refusal).filter(text -> !text.isEmpty()));
  }

  static Stream<Arguments> requests() {
    ServiceState one = sick(1).state();
    ServiceState well =
        Service.pinned("a", Fleets.H1, 7, 1).read(Health.HEALTHY).state();
    ServiceState byName = Service.byName("a", 1).read(Health.UNHEALTHY).state();
    return Stream.of(
        argumentSet("the only task is sick", one, "t0", QUIET, true, ""),
        argumentSet("pinned: the source may say what it likes", one, "t0", QUIET, false, ""),
        argumentSet("by name, live", byName, "t0", QUIET, true, ""),
        argumentSet(
            "by name, not live",
            byName,
            "t0",
            QUIET,
            false,
            "held: the successor would read the config by name, which is not live"),
        argumentSet(
            "another task", one, "t1", QUIET, true, "the task is not the one that runs any more"),
        argumentSet("it is well", well, "t0", QUIET, true, "its collectors are not sick any more"),
        argumentSet(
            "two tasks",
            sick(2).state(),
            "t0",
            QUIET,
            true,
            "the service is to have 2 tasks, not one"),
        argumentSet(
            "a rollout is under way",
            one,
            "t0",
            ROLLING,
            true,
            "held: a rollout is under way on the service"),
        argumentSet(
            "a rollout has brought it to live, and waits for its collectors",
            sick(1).primary(Progress.COMPLETED, 4).state(),
            "t0",
            settling(Fleets.H1),
            true,
            ""),
        argumentSet(
            "a rollout tries a candidate on it",
            sick(1).primary(Progress.COMPLETED, 4).state(),
            "t0",
            settling(Fleets.H2),
            true,
            "held: a rollout is under way on the service"),
        argumentSet(
            "what is seen may be older than the rollout's order",
            one,
            "t0",
            settling(Fleets.H1),
            true,
            "held: a rollout is under way on the service"),
        argumentSet(
            "a held rollout does not count",
            one,
            "t0",
            ROLLING.holding("stuck", Fleets.minutesBefore(1)),
            true,
            ""),
        argumentSet(
            "a deployment is in progress",
            sick(1).primary(Progress.IN_PROGRESS, 1).state(),
            "t0",
            QUIET,
            true,
            "held: a deployment is in progress"),
        argumentSet(
            "tagged out",
            sick(1).owner(Owner.TAGGED_OUT).state(),
            "t0",
            QUIET,
            true,
            "the service is not Shepherd's to roll"));
  }
}
