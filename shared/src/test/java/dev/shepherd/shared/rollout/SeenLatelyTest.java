package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SeenLatelyTest {
  private static final ServiceState SERVICE =
      Service.pinned("a", Fleets.H2, 9, 1).state();

  private static TaskState task(boolean running, ContainerState... containers) {
    return new TaskState(
        "t",
        Fleets.arn("a", 9),
        "ecs-svc/9",
        running,
        Optional.of(Fleets.minutesBefore(1)),
        Optional.empty(),
        TaskState.Place.UNKNOWN,
        List.of(containers));
  }

  private static ContainerState collector(boolean running, Health health, Integer... exit) {
    return new ContainerState(
        "collector",
        running,
        health,
        Optional.empty(),
        Stream.of(exit).findFirst(),
        Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void keepsWhatWasCertain(TaskState task, boolean kept) {
    assertThat(SeenLately.of(SERVICE, List.of(task)).contains(task)).isEqualTo(kept);
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        argumentSet("well", task(true, collector(true, HEALTHY)), true),
        argumentSet("UNHEALTHY", task(true, collector(true, UNHEALTHY)), false),
        argumentSet("exited", task(true, collector(false, UNKNOWN, 1)), false),
        argumentSet("its health is not known yet", task(true, collector(true, UNKNOWN)), false),
        argumentSet("not started yet", task(true, collector(false, UNKNOWN)), false),
        argumentSet("ECS shows no container yet", task(true), false),
        argumentSet("the task has ended", task(false, collector(false, UNKNOWN)), true));
  }
}
