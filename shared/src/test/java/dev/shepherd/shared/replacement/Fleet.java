package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.ContainerTraits;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.Scheduling;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fleets for tables: a fleet of one or more services, with sick collectors in it. */
final class Fleet {
  static final Instant NOW = Instant.parse("2026-05-11T12:00:00Z");
  static final FleetName NAME = new FleetName("gateway");
  static final ConfigHash LIVE = new ConfigHash("aaaaaaaaaaaa");
  static final ConfigHash OLD = new ConfigHash("bbbbbbbbbbbb");
  static final ReplacementLimits LIMITS =
      new ReplacementLimits(10, Duration.ofMinutes(5), 30, Duration.ofMinutes(15));

  /** The view of a fleet that runs {@link #LIVE} and has completed it. */
  static final RolloutView QUIET = new RolloutView(
      Optional.of(LIVE),
      NOW.minusSeconds(9000),
      List.of(OLD, LIVE),
      List.of(),
      100,
      Set.of(),
      true);

  private Fleet() {}

  static Instant minutesAgo(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  /** A service, by what a row of a table says of it. */
  static final class Service {
    private final String name;
    private final int desired;
    private final List<TaskState> tasks = new ArrayList<>();
    private ConfigReference reference = new ConfigReference.Pinned(NAME, LIVE);
    private boolean essential;
    private boolean checked = true;
    private Optional<Duration> restart = Optional.empty();
    private Scheduling scheduling = Scheduling.USUAL;
    private Progress progress = Progress.COMPLETED;
    private Owner owner = Owner.SHEPHERD;
    private boolean unread;

    private Service(String name, int desired) {
      this.name = name;
      this.desired = desired;
    }

    /** Of so many well tasks, on Fargate in three zones. */
    static Service of(String name, int desired) {
      Service service = new Service(name, desired);
      return service.well(desired);
    }

    Service essential() {
      essential = true;
      return this;
    }

    Service unchecked() {
      checked = false;
      return this;
    }

    Service restarts(int minutes) {
      restart = Optional.of(Duration.ofMinutes(minutes));
      return this;
    }

    Service scheduling(boolean daemon, int maximumPercent, int graceMinutes) {
      scheduling = new Scheduling(daemon, maximumPercent, Duration.ofMinutes(graceMinutes));
      return this;
    }

    Service progress(Progress other) {
      progress = other;
      return this;
    }

    Service owner(Owner other) {
      owner = other;
      return this;
    }

    Service runs(ConfigReference other) {
      reference = other;
      return this;
    }

    Service unread() {
      unread = true;
      return this;
    }

    Service well(int count) {
      for (int i = 0; i < count; i++) {
        add(true, 60);
      }
      return this;
    }

    /** So many of the tasks are UNHEALTHY. */
    Service unhealthy(int count) {
      tasks.subList(0, count).replaceAll(task -> sick(task, true));
      return this;
    }

    /** The collectors of so many tasks have exited. */
    Service exited(int count) {
      tasks.subList(0, count).replaceAll(task -> sick(task, false));
      return this;
    }

    /** So many tasks do not run yet. */
    Service starting(int count) {
      tasks.subList(tasks.size() - count, tasks.size()).clear();
      for (int i = 0; i < count; i++) {
        add(false, 0);
      }
      return this;
    }

    /** All tasks are as young as that. */
    Service started(int minutesAgo) {
      tasks.replaceAll(
          task -> with(task, task.running(), minutesAgo, task.place(), task.containers()));
      return this;
    }

    /** The first so many are there. */
    Service placed(int count, String zone, Optional<String> host) {
      tasks
          .subList(0, count)
          .replaceAll(task ->
              with(task, task.running(), 60, new TaskState.Place(zone, host), task.containers()));
      return this;
    }

    private void add(boolean running, int minutes) {
      String id =
          "%012d%020d".formatted(Math.abs(name.hashCode() % 1000) * 10_000L + tasks.size(), 0);
      tasks.add(new TaskState(
          id,
          "arn:" + name + ":1",
          "ecs-svc/1",
          running,
          running ? Optional.of(minutesAgo(minutes)) : Optional.empty(),
          Optional.empty(),
          new TaskState.Place("eu-west-1" + (char) ('a' + tasks.size() % 3), Optional.empty()),
          List.of(container("app", Health.UNKNOWN), container("collector", Health.HEALTHY))));
    }

    private static TaskState with(
        TaskState task,
        boolean running,
        int minutes,
        TaskState.Place place,
        List<ContainerState> containers) {
      return new TaskState(
          task.id(),
          task.taskDefinition(),
          task.deployment(),
          running,
          Optional.of(minutesAgo(minutes)),
          task.stop(),
          place,
          containers);
    }

    private static TaskState sick(TaskState task, boolean unhealthy) {
      ContainerState ill = unhealthy
          ? container("collector", Health.UNHEALTHY)
          : new ContainerState(
              "collector",
              false,
              Health.UNKNOWN,
              Optional.empty(),
              Optional.of(1),
              Optional.empty());
      return new TaskState(
          task.id(),
          task.taskDefinition(),
          task.deployment(),
          task.running(),
          task.startedAt(),
          task.stop(),
          task.place(),
          List.of(container("app", Health.UNKNOWN), ill));
    }

    private static ContainerState container(String name, Health health) {
      return new ContainerState(
          name, true, health, Optional.empty(), Optional.empty(), Optional.empty());
    }

    List<String> ids(int from, int to) {
      return tasks.subList(from, to).stream().map(TaskState::id).toList();
    }

    ServiceState state() {
      TaskDefinitionState definition = new TaskDefinitionState(
          "arn:" + name + ":1",
          1,
          List.of(new Collector("collector", "image", reference, checked, essential)),
          essential,
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          List.of(
              new ContainerTraits("app", true, Optional.empty()),
              new ContainerTraits("collector", essential, restart)));
      return new ServiceState(
          new ServiceName("prod", name),
          definition,
          desired,
          desired,
          List.of(new DeploymentState(
              "ecs-svc/1", true, "arn:" + name + ":1", progress, minutesAgo(70))),
          scheduling,
          Optional.empty(),
          false,
          List.of(),
          owner,
          unread ? Optional.empty() : Optional.of(tasks));
    }
  }

  static ReplacementSnapshot seen(RolloutView view, ReplacementMarks marks, Service... services) {
    return new ReplacementSnapshot(
        NAME,
        List.of(services).stream().map(Service::state).toList(),
        List.of(),
        Map.of(NAME, view),
        marks);
  }

  /** The same, where another service is left to a later look. */
  static ReplacementSnapshot partOf(ReplacementSnapshot seen, Service left) {
    return new ReplacementSnapshot(
        seen.fleet(),
        seen.services(),
        List.of(left.unread().state()),
        seen.rollouts(),
        seen.marks());
  }

  static ReplacementMarks sickSince(int minutes, Service service, int count) {
    Map<String, Instant> sick = new HashMap<>();
    service.ids(0, count).forEach(id -> sick.put(ReplacementMarks.id(id), minutesAgo(minutes)));
    return ReplacementMarks.NONE.withSick(sick);
  }
}
