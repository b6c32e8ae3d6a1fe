package dev.shepherd.local.bench;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.ContainerTraits;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.Scheduling;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One fleet of {@link SampleFleets} as ECS shows it to the planners: app services of 50 with
 * sidecars, and gateways of as many tasks as a Cloud Map service holds at most. Each service has an
 * execution role of its own.
 */
record PlanFleet(SampleFleets size) {
  static final Instant NOW = SampleFleets.START;
  static final FleetName NAME = new FleetName("sample");
  static final String CLUSTER = "prod";
  static final String ZONES = "abc";
  static final int MOST_OF_GATEWAY = 1_000;

  private static final String COLLECTOR = "collector";
  private static final String DIGEST = "sha256:" + "5".repeat(64);
  private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:task-definition/";

  /**
   * How one service is seen.
   *
   * @param reference which config it takes
   * @param read whether its tasks were read
   * @param brokenOneIn the collector of one in so many tasks is broken; 0 for none
   */
  record Seen(ConfigReference reference, boolean read, int brokenOneIn) {
    static Seen pinned(ConfigHash hash, boolean read) {
      return new Seen(new ConfigReference.Pinned(NAME, hash), read, 0);
    }
  }

  /** Every service of the fleet, by its place. */
  List<ServiceState> services(IntFunction<Seen> seen) {
    return IntStream.range(0, services())
        .mapToObj(place -> service(place, seen.apply(place)))
        .toList();
  }

  int apps() {
    return size.appTasks() / SampleFleets.OF_SERVICE;
  }

  int gateways() {
    return Math.ceilDiv(size.gatewayTasks(), MOST_OF_GATEWAY);
  }

  int services() {
    return apps() + gateways();
  }

  /** How many tasks the service of that place has: the gateways come after the apps. */
  int tasks(int place) {
    return isApp(place) ? SampleFleets.OF_SERVICE : size.gatewayTasks() / gateways();
  }

  boolean isApp(int place) {
    return place < apps();
  }

  ServiceName name(int place) {
    String name = String.format(Locale.ROOT, "%s-%04d", isApp(place) ? "app" : "gateway", place);
    return new ServiceName(CLUSTER, name);
  }

  String arn(int place) {
    return ARN + name(place).service() + ":7";
  }

  /** The id of a service's task: 32 hexadecimal digits without an order, as ECS gives them. */
  String task(int place, int number) {
    SplittableRandom digits = new SplittableRandom(place * 1_000_000L + number);
    return String.format(Locale.ROOT, "%016x%016x", digits.nextLong(), digits.nextLong());
  }

  private ServiceState service(int place, Seen seen) {
    return new ServiceState(
        name(place),
        definition(place, seen.reference()),
        tasks(place),
        tasks(place),
        List.of(new DeploymentState(
            deployment(place),
            true,
            arn(place),
            DeploymentState.Progress.COMPLETED,
            NOW.minus(Duration.ofMinutes(20)))),
        Scheduling.USUAL,
        isApp(place) ? Optional.empty() : Optional.of("srv-" + place),
        false,
        List.of(),
        ServiceState.Owner.SHEPHERD,
        seen.read() ? Optional.of(tasks(place, seen.brokenOneIn())) : Optional.empty());
  }

  static String deployment(int place) {
    return "ecs-svc/" + place;
  }

  private TaskDefinitionState definition(int place, ConfigReference reference) {
    List<ContainerTraits> containers = new ArrayList<>();
    containers.add(new ContainerTraits(COLLECTOR, !isApp(place), Optional.empty()));
    if (isApp(place)) {
      containers.add(new ContainerTraits("app", true, Optional.empty()));
    }
    return new TaskDefinitionState(
        arn(place),
        7,
        List.of(new Collector(
            COLLECTOR, "example/collector@" + DIGEST, reference, true, !isApp(place))),
        !isApp(place),
        reference instanceof ConfigReference.Pinned ? Optional.of(6) : Optional.empty(),
        Optional.of("arn:aws:iam::123456789012:role/" + name(place).service()),
        Set.of(),
        containers);
  }

  private List<TaskState> tasks(int place, int brokenOneIn) {
    List<TaskState> tasks = new ArrayList<>();
    for (int number = 0; number < tasks(place); number++) {
      List<ContainerState> containers = new ArrayList<>();
      containers.add(
          isOneIn(brokenOneIn, place, number) ? broken(place) : well(COLLECTOR, Health.HEALTHY));
      if (isApp(place)) {
        containers.add(well("app", Health.UNKNOWN));
      }
      tasks.add(new TaskState(
          task(place, number),
          parsed(arn(place)),
          parsed(deployment(place)),
          true,
          Optional.of(NOW.minus(Duration.ofMinutes(19)).plusSeconds(number % 60)),
          Optional.empty(),
          new TaskState.Place("eu-west-1" + zone(number), Optional.empty()),
          containers));
    }
    return tasks;
  }

  /** Whether it is the task's turn when the fleet's tasks are counted through. */
  static boolean isOneIn(int oneIn, int place, int number) {
    return oneIn > 0 && (place * SampleFleets.OF_SERVICE + number) % oneIn == 0;
  }

  static char zone(int number) {
    return ZONES.charAt(number % ZONES.length());
  }

  private static ContainerState well(String name, Health health) {
    return new ContainerState(
        parsed(name),
        true,
        health,
        Optional.of(parsed(DIGEST)),
        Optional.empty(),
        Optional.empty());
  }

  /** A sidecar has exited; an essential collector, whose end would end the task, is UNHEALTHY. */
  private ContainerState broken(int place) {
    return isApp(place)
        ? new ContainerState(
            parsed(COLLECTOR),
            false,
            Health.UNKNOWN,
            Optional.of(parsed(DIGEST)),
            Optional.of(1),
            Optional.empty())
        : well(COLLECTOR, Health.UNHEALTHY);
  }

  /** An equal text: what is read from AWS's answers is never the same object twice. */
  private static String parsed(String text) {
    return String.valueOf(text.toCharArray());
  }
}
