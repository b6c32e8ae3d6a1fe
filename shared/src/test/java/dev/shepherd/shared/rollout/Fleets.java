package dev.shepherd.shared.rollout;

import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.ValidationTarget;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fleets in a few words, for the tables. All times are relative to {@link #NOW}. */
final class Fleets {
  static final Instant NOW = Instant.parse("2026-05-11T10:00:00Z");
  static final Instant PROMOTED = NOW.minus(Duration.ofMinutes(90));
  static final RolloutLimits LIMITS = new RolloutLimits(
      Duration.ofSeconds(60),
      Duration.ofMinutes(10),
      Duration.ofMinutes(60),
      2,
      List.of(25, 50, 100),
      CanaryLimits.DEFAULT,
      DriftRepair.NEXT,
      PinByName.AT_ROLLOUT);
  static final FleetName FLEET = new FleetName("gateway");
  static final ConfigVersion V1 = version(1, text("4317"), 300);
  static final ConfigVersion V2 = version(2, text("4318"), 5);
  static final ConfigVersion V3 = version(3, text("4319"), 1);
  static final ConfigVersion BROKEN =
      version(2, "receivers: {otlp: {}}\nexporters: {debug: {}}\n", 5);
  static final ConfigHash H1 = V1.hash();
  static final ConfigHash H2 = V2.hash();

  static final String IMAGE = "o/collector@sha256:" + "a".repeat(64);
  static final String BINARY = "sha256:" + "a".repeat(12);
  private static final String FAMILY = "arn:aws:ecs:eu-west-1:111122223333:task-definition/";

  private Fleets() {}

  private static String text(String port) {
    return "receivers: {otlp: {protocols: {grpc: {endpoint: 'localhost:" + port + "'}}}}\n"
        + "exporters: {debug: {}}\n"
        + "service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}\n";
  }

  static ConfigVersion version(long number, String text, int minutesAgo) {
    ParameterKind kind = new ParameterKind("String", Optional.empty(), "Standard");
    var findings = ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.UNKNOWN)
        .findings();
    return ConfigVersion.of(number, text, kind, minutesBefore(minutesAgo), findings);
  }

  static Instant minutesBefore(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  static String arn(String service, int revision) {
    return FAMILY + service + ":" + revision;
  }

  private static RolloutState adopted() {
    return RolloutState.adopted(H1, List.of(), NOW).trial(Trial.NONE);
  }

  /** A fleet that has adopted V1, with V1 in its parameter. */
  static Fleet idle(Service... services) {
    return new Fleet(Optional.of(V1), Map.of(), Optional.of(adopted()), List.of(services));
  }

  /** A fleet that has promoted V2 over V1. */
  static Fleet promoted(List<Moving> moving, Service... services) {
    RolloutState state = RolloutState.adopted(H1, List.of(), PROMOTED)
        .trial(Trial.NONE)
        .starting(V2, PROMOTED)
        .promoted(H2, 100, Set.of(), true, PROMOTED)
        .moving(moving);
    return new Fleet(Optional.of(V2), Map.of(), Optional.of(state), List.of(services));
  }

  record Fleet(
      Optional<ConfigVersion> source,
      Map<String, String> tags,
      Optional<RolloutState> state,
      List<Service> services) {
    Fleet source(ConfigVersion version) {
      return new Fleet(Optional.of(version), tags, state, services);
    }

    Fleet sourceDeleted() {
      return new Fleet(Optional.empty(), tags, state, services);
    }

    Fleet tag(String key, String value) {
      return new Fleet(source, Map.of(key, value), state, services);
    }

    Fleet state(RolloutState remembered) {
      return new Fleet(source, tags, Optional.of(remembered), services);
    }

    Fleet firstSight() {
      return new Fleet(source, tags, Optional.empty(), services);
    }

    RolloutSnapshot seen() {
      Optional<ConfigHash> live = state.map(RolloutState::live);
      Optional<ConfigVersion> current = live.map(hash -> hash.equals(H2) ? V2 : V1);
      return new RolloutSnapshot(
          FLEET,
          source,
          tags,
          live,
          current,
          state,
          services.stream().map(Service::state).toList(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** A service that takes the config by name, pinned to a hash, or as current. */
  record Service(
      String name,
      ConfigReference reference,
      int revision,
      int tasks,
      Owner owner,
      List<DeploymentState> deployments,
      Optional<List<TaskState>> read,
      Optional<Integer> madeFrom) {
    static Service of(String name, ConfigReference reference, int revision, int tasks) {
      DeploymentState primary = new DeploymentState(
          "ecs-svc/" + revision, true, arn(name, revision), Progress.COMPLETED, minutesBefore(200));
      return new Service(
          name,
          reference,
          revision,
          tasks,
          Owner.SHEPHERD,
          List.of(primary),
          Optional.empty(),
          Optional.empty());
    }

    static Service byName(String name, int tasks) {
      return of(name, new ConfigReference.ByName(FLEET), 7, tasks);
    }

    static Service pinned(String name, ConfigHash hash, int revision, int tasks) {
      return of(name, new ConfigReference.Pinned(FLEET, hash), revision, tasks);
    }

    static Service current(String name, int tasks) {
      return of(name, new ConfigReference.Current(FLEET), 7, tasks);
    }

    Service owner(Owner other) {
      return new Service(name, reference, revision, tasks, other, deployments, read, madeFrom);
    }

    Service madeFrom(int base) {
      return new Service(
          name, reference, revision, tasks, owner, deployments, read, Optional.of(base));
    }

    Service primary(Progress progress, int minutesAgo) {
      DeploymentState old = deployments.getFirst();
      DeploymentState now = new DeploymentState(
          old.id(), true, old.taskDefinition(), progress, minutesBefore(minutesAgo));
      return new Service(name, reference, revision, tasks, owner, List.of(now), read, madeFrom);
    }

    /** Behind the primary, a deployment of another revision still runs. */
    Service replacing(int other, int minutesAgo) {
      List<DeploymentState> both = new ArrayList<>(deployments);
      both.add(new DeploymentState(
          "ecs-svc/" + other,
          false,
          arn(name, other),
          Progress.IN_PROGRESS,
          minutesBefore(minutesAgo)));
      return new Service(name, reference, revision, tasks, owner, both, read, madeFrom);
    }

    Service read(ContainerState.Health health) {
      return read(health, _ -> "sha256:" + "a".repeat(64));
    }

    Service read(ContainerState.Health health, java.util.function.IntFunction<String> digest) {
      return read(health, digest, 100);
    }

    /** Tasks that have started just now. */
    Service young(ContainerState.Health health) {
      return read(health, _ -> "sha256:" + "a".repeat(64), 0);
    }

    private Service read(
        ContainerState.Health health,
        java.util.function.IntFunction<String> digest,
        int startedMinutesAgo) {
      List<TaskState> all = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        ContainerState collector = new ContainerState(
            "collector",
            true,
            health,
            Optional.of(digest.apply(i)),
            Optional.empty(),
            Optional.empty());
        all.add(new TaskState(
            "t" + i,
            arn(name, revision),
            "ecs-svc/" + revision,
            true,
            Optional.of(minutesBefore(startedMinutesAgo)),
            Optional.empty(),
            TaskState.Place.UNKNOWN,
            List.of(collector)));
      }
      return new Service(
          name, reference, revision, tasks, owner, deployments, Optional.of(all), madeFrom);
    }

    ServiceState state() {
      TaskDefinitionState definition = new TaskDefinitionState(
          arn(name, revision),
          revision,
          List.of(new Collector("collector", IMAGE, reference, true, true)),
          true,
          madeFrom,
          Optional.of("role"),
          Set.of(),
          List.of());
      return new ServiceState(
          new ServiceName("prod", name),
          definition,
          tasks,
          tasks,
          deployments,
          Scheduling.USUAL,
          Optional.of("srv-" + name),
          false,
          List.of(),
          owner,
          read);
    }
  }

  /** A mark: the service was ordered to go to the hash. */
  static Moving mark(String service, ConfigHash to, int fromRevision, int minutesAgo) {
    return new Moving(
        new ServiceName("prod", service),
        to,
        arn(service, fromRevision),
        Optional.empty(),
        minutesBefore(minutesAgo),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
