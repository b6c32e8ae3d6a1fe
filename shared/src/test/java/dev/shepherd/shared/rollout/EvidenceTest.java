package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.arn;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
  private static final ContainerState APP = container("app", true, Health.UNKNOWN, 0, "");

  @ParameterizedTest
  @MethodSource("tasks")
  void judgesOneTask(boolean essential, TaskState task, String said) {
    ServiceState service = service(essential, task);
    List<Failure> failures = new Evidence(
            service.name(), service.definition().collectors(), Duration.ofMinutes(10), NOW)
        .of(Stream.of(task), minutesBefore(20));
    if (said.isEmpty()) {
      assertThat(failures).isEmpty();
    } else {
      assertThat(failures).singleElement().extracting(Failure::text).asString().contains(said);
    }
  }

  static Stream<Arguments> tasks() {
    ContainerState well = container("collector", true, Health.HEALTHY, 0, "");
    ContainerState sick = container("collector", true, Health.UNHEALTHY, 0, "");
    ContainerState unsure = container("collector", true, Health.UNKNOWN, 0, "");
    ContainerState exited = container("collector", false, Health.UNKNOWN, 1, "");
    ContainerState ended = container("collector", false, Health.UNKNOWN, 1, "bad config");
    ContainerState oom =
        container("collector", false, Health.UNKNOWN, 137, "OutOfMemoryError: Container killed");
    ContainerState killed = container("collector", false, Health.UNKNOWN, 137, "");
    ContainerState terminated = container("collector", false, Health.UNKNOWN, 143, "");
    ContainerState crashedApp = container("app", false, Health.UNKNOWN, 3, "");
    ContainerState stoppedApp = container("app", false, Health.UNKNOWN, 143, "");
    String essential = "EssentialContainerExited";
    return Stream.of(
        argumentSet("well", false, running(5, well), ""),
        argumentSet(
            "exited while its task runs on", false, running(5, exited), "exited with 1 while"),
        argumentSet("unhealthy", false, running(5, sick), "UNHEALTHY"),
        argumentSet("not well yet", false, running(10, unsure), ""),
        argumentSet("not well in time", false, running(11, unsure), "not well within 10 min"),
        argumentSet(
            "ended its task",
            true,
            stopped(5, essential, "", ended, stoppedApp),
            "bad config) and ended its task"),
        argumentSet(
            "out of memory", true, stopped(5, essential, "", oom, stoppedApp), "OutOfMemory"),
        argumentSet(
            "the app ended the task", true, stopped(5, essential, "", terminated, crashedApp), ""),
        argumentSet(
            "both ended by themselves", true, stopped(5, essential, "", ended, crashedApp), ""),
        argumentSet("killed after a stop", true, stopped(5, essential, "", killed, stoppedApp), ""),
        argumentSet(
            "not essential: it did not end the task",
            false,
            stopped(5, essential, "", ended, stoppedApp),
            ""),
        argumentSet(
            "replaced for its health",
            true,
            stopped(
                5,
                "ServiceSchedulerInitiated",
                "Task failed container health checks",
                sick,
                stoppedApp),
            "UNHEALTHY, and ECS"),
        argumentSet(
            "replaced for the app's health",
            true,
            stopped(
                5,
                "ServiceSchedulerInitiated",
                "Task failed container health checks",
                well,
                stoppedApp),
            ""),
        argumentSet(
            "scaled in",
            true,
            stopped(
                5,
                "ServiceSchedulerInitiated",
                "Scaling activity initiated by (deployment x)",
                ended,
                stoppedApp),
            ""),
        argumentSet(
            "stopped by somebody", true, stopped(5, "UserInitiated", "", ended, stoppedApp), ""),
        argumentSet(
            "replaced by Shepherd, since it had exited",
            false,
            stopped(3, "UserInitiated", "shepherd: collector exited", exited, stoppedApp),
            "exited with 1, and Shepherd replaced its task"),
        argumentSet(
            "replaced by Shepherd, since it was unhealthy",
            false,
            stopped(3, "UserInitiated", "shepherd: collector is UNHEALTHY", sick, stoppedApp),
            "turned UNHEALTHY, and Shepherd replaced its task"),
        argumentSet(
            "replaced by Shepherd, for another collector",
            false,
            stopped(3, "UserInitiated", "shepherd: other exited", terminated, stoppedApp),
            ""),
        argumentSet(
            "replaced by Shepherd some looks ago",
            false,
            stopped(4, "UserInitiated", "shepherd: collector exited", exited, stoppedApp),
            ""),
        argumentSet("Spot", true, stopped(5, "SpotInterruption", "", ended, stoppedApp), ""),
        argumentSet(
            "could not start",
            true,
            stopped(5, "TaskFailedToStart", "ResourceInitializationError", unsure, stoppedApp),
            ""),
        argumentSet(
            "before this rollout", true, stopped(21, essential, "", ended, stoppedApp), ""));
  }

  private static ContainerState container(
      String name, boolean running, Health health, int exit, String reason) {
    return new ContainerState(
        name,
        running,
        health,
        Optional.of("sha256:ab"),
        running ? Optional.empty() : Optional.of(exit),
        Optional.of(reason).filter(text -> !text.isEmpty()));
  }

  private static TaskState running(int minutesAgo, ContainerState collector) {
    return task(minutesAgo, Optional.empty(), collector, APP);
  }

  private static TaskState stopped(
      int minutesAgo, String code, String reason, ContainerState collector, ContainerState app) {
    return task(
        30,
        Optional.of(new TaskState.Stop(code, reason, minutesBefore(minutesAgo))),
        collector,
        app);
  }

  private static TaskState task(
      int startedMinutesAgo,
      Optional<TaskState.Stop> stop,
      ContainerState collector,
      ContainerState app) {
    return new TaskState(
        "t",
        arn("a", 9),
        "ecs-svc/9",
        stop.isEmpty(),
        Optional.of(minutesBefore(startedMinutesAgo)),
        stop,
        TaskState.Place.UNKNOWN,
        List.of(collector, app));
  }

  private static ServiceState service(boolean essential, TaskState task) {
    ServiceState plain = Service.pinned("a", Fleets.H2, 9, 1).state();
    Collector collector = new Collector(
        "collector",
        Fleets.IMAGE,
        new ConfigReference.Pinned(Fleets.FLEET, Fleets.H2),
        true,
        essential);
    return new ServiceState(
        plain.name(),
        new TaskDefinitionState(
            arn("a", 9),
            9,
            List.of(collector),
            false,
            Optional.of(8),
            Optional.empty(),
            Set.of(),
            List.of()),
        1,
        1,
        plain.deployments(),
        plain.scheduling(),
        plain.registry(),
        plain.canaryFirst(),
        plain.alarms(),
        plain.owner(),
        Optional.of(List.of(task)));
  }
}
