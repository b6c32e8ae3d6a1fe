package dev.shepherd.shared.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.RegistrationDecision.Change;
import dev.shepherd.shared.registration.RegistrationDecision.Deregister;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationDecision.Register;
import dev.shepherd.shared.registration.ServingTask.Canary;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Place;
import dev.shepherd.shared.registration.ServingTask.Progress;
import dev.shepherd.shared.registration.ServingTask.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationPlannerTest {
  private static final ServiceName GATEWAY = new ServiceName("prod", "gateway");
  private static final RegistrationLimits LIMITS = new RegistrationLimits(20);

  /** A picture: 10 instances of ECS's beside what the row adds. */
  static final class Seen {
    final List<Instance> instances = new ArrayList<>();
    final List<ServingTask> tasks = new ArrayList<>();
    Optional<String> partial = Optional.empty();
    Set<String> underWay = Set.of();
    boolean customHealth = true;
    int running = 10;

    static Seen beside(int ofEcs) {
      Seen seen = new Seen();
      for (int i = 0; i < ofEcs; i++) {
        seen.instances.add(instance(100 + i, Map.of("ECS_SERVICE_NAME", "gateway")));
      }
      return seen;
    }

    Seen task(ServingTask task) {
      tasks.add(task);
      return this;
    }

    Seen holds(Instance instance) {
      instances.add(instance);
      return this;
    }

    Seen underWay(String id) {
      underWay = Set.of(id);
      return this;
    }

    Seen partial(String why) {
      partial = Optional.of(why);
      return this;
    }

    Seen running(int tasks) {
      running = tasks;
      return this;
    }

    Seen plain() {
      customHealth = false;
      return this;
    }

    List<RegistrationDecision> plan() {
      return RegistrationPlanner.plan(
          new RegistrationSnapshot(
              "srv-1",
              partial,
              Set.of("prod"),
              Map.of(GATEWAY, running),
              instances,
              tasks,
              customHealth,
              underWay),
          LIMITS);
    }
  }

  private static String id(int number) {
    return "%032x".formatted(number);
  }

  private static Instance instance(int number, Map<String, String> attributes) {
    return new Instance(id(number), attributes, Optional.empty());
  }

  /** As Shepherd registers {@link #task}. */
  private static Instance own(int number) {
    return instance(number, attributes(number)).healthy(true);
  }

  private static Map<String, String> attributes(int number) {
    return new HashMap<>(Map.of(
        "AWS_INSTANCE_IPV4", "10.0.0." + number,
        "AWS_INSTANCE_PORT", "4317",
        "AVAILABILITY_ZONE", "eu-west-1a",
        "REGION", "eu-west-1",
        "ECS_CLUSTER_NAME", "prod",
        "ECS_TASK_DEFINITION_FAMILY", "gateway-shepherd-canary",
        "SHEPHERD_FLEET", "gateway",
        "SHEPHERD_CONFIG", "0123456789ab"));
  }

  private static Map<String, String> attributes(int number, String name, String value) {
    Map<String, String> changed = attributes(number);
    changed.put(name, value);
    return changed;
  }

  private static ServingTask task(int number) {
    return task(number, Progress.RUNNING, Health.WELL, false);
  }

  private static ServingTask task(int number, Progress progress, Health health, boolean drained) {
    return task(number, GATEWAY, progress, health, drained, at(number));
  }

  private static Reach at(int number) {
    return new Reach.At("10.0.0." + number, OptionalInt.of(4317));
  }

  private static ServingTask task(
      int number,
      ServiceName service,
      Progress progress,
      Health health,
      boolean drained,
      Reach reach) {
    return new ServingTask(
        id(number),
        service,
        "gateway-shepherd-canary",
        Optional.of(new Canary(new FleetName("gateway"), new ConfigHash("0123456789ab"))),
        progress,
        health,
        drained,
        new Place("eu-west-1a", "eu-west-1"),
        reach);
  }

  private static ServingTask othersTask(int number) {
    ServingTask like = task(number);
    return new ServingTask(
        like.id(),
        like.service(),
        "gateway",
        Optional.empty(),
        like.progress(),
        like.health(),
        false,
        like.place(),
        like.reach());
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void decides(Seen seen, List<String> decisions) {
    assertThat(seen.plan().stream().map(RegistrationPlannerTest::told).toList())
        .isEqualTo(decisions);
    assertThat(seen.plan()).allSatisfy(decision -> assertThat(decision.reason()).isNotBlank());
  }

  /** {@code Register 1}, {@code Leave TOO_MANY 2}: the instance's number, or how many. */
  private static String told(RegistrationDecision decision) {
    String name = decision.getClass().getSimpleName();
    return switch (decision) {
      case Leave leave -> name + " " + leave.guard() + " " + leave.instances().size();
      case Change change -> name + " " + Integer.parseInt(change.instance(), 16);
    };
  }

  static Stream<Arguments> pictures() {
    ServiceName another = new ServiceName("prod", "another");
    return Stream.of(
        argumentSet("nothing at all", new Seen(), List.of()),
        argumentSet("a canary is missing", new Seen().task(task(1)), List.of("Register 1")),
        argumentSet("a canary is in it", new Seen().task(task(1)).holds(own(1)), List.of()),
        argumentSet(
            "a canary that does not run yet",
            new Seen().task(task(1, Progress.STARTING, Health.UNPROVEN, false)),
            List.of("Leave YOUNG 1")),
        argumentSet(
            "a late look shows a registered canary as starting",
            new Seen().task(task(1, Progress.STARTING, Health.UNPROVEN, false)).holds(own(1)),
            List.of("Leave YOUNG 1")),
        argumentSet(
            "a canary that ends and is out",
            new Seen().task(task(1, Progress.ENDING, Health.WELL, false)),
            List.of()),
        argumentSet(
            "an unhealthy canary that is out",
            new Seen().task(task(1, Progress.RUNNING, Health.UNHEALTHY, false)),
            List.of()),
        argumentSet(
            "a drained canary that is out",
            new Seen().task(task(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Leave DRAINED 1")),
        argumentSet(
            "a canary without an address",
            new Seen()
                .task(task(1, GATEWAY, Progress.RUNNING, Health.WELL, false, new Reach.Nowhere())),
            List.of("Leave UNREACHABLE 1")),
        argumentSet(
            "its task is gone",
            Seen.beside(10).holds(own(1)),
            List.of("Deregister 1", "Leave NOT_OURS 10")),
        argumentSet(
            "its task ends",
            Seen.beside(10).holds(own(1)).task(task(1, Progress.ENDING, Health.WELL, false)),
            List.of("Deregister 1", "Leave NOT_OURS 10")),
        argumentSet(
            "its task is unhealthy",
            Seen.beside(10).holds(own(1)).task(task(1, Progress.RUNNING, Health.UNHEALTHY, false)),
            List.of("Deregister 1", "Leave NOT_OURS 10")),
        argumentSet(
            "its task is drained",
            Seen.beside(10).holds(own(1)).task(task(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Deregister 1", "Leave NOT_OURS 10")),
        argumentSet(
            "its task belongs to a service that registers elsewhere",
            Seen.beside(10)
                .holds(own(1))
                .task(task(1, another, Progress.RUNNING, Health.WELL, false, at(1))),
            List.of("Deregister 1", "Leave NOT_OURS 10")),
        argumentSet(
            "five are drained, one is gone: 20% of 16 are 3, the gone one first",
            Seen.beside(10)
                .holds(own(1))
                .holds(own(2))
                .holds(own(3))
                .holds(own(4))
                .holds(own(5))
                .holds(own(6))
                .task(task(1, Progress.RUNNING, Health.WELL, true))
                .task(task(2, Progress.RUNNING, Health.WELL, true))
                .task(task(3, Progress.RUNNING, Health.WELL, true))
                .task(task(4, Progress.RUNNING, Health.WELL, true))
                .task(task(5, Progress.RUNNING, Health.WELL, true)),
            List.of(
                "Deregister 6",
                "Deregister 1",
                "Deregister 2",
                "Leave NOT_OURS 10",
                "Leave TOO_MANY 3")),
        argumentSet(
            "the last one, though the service has running tasks",
            new Seen().holds(own(1)).task(task(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Leave LAST 1")),
        argumentSet(
            "the last one of a service at rest",
            new Seen().running(0).holds(own(1)).task(task(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Deregister 1")),
        argumentSet(
            "an address that is another's",
            new Seen()
                .task(task(1))
                .holds(instance(1, attributes(1, "AWS_INSTANCE_IPV4", "10.9.9.9"))),
            List.of("Correct 1")),
        argumentSet(
            "an attribute too many",
            new Seen().task(task(1)).holds(instance(1, attributes(1, "COLOUR", "blue"))),
            List.of("Correct 1")),
        argumentSet(
            "how its health began is no difference",
            new Seen()
                .task(task(1))
                .holds(instance(1, attributes(1, "AWS_INIT_HEALTH_STATUS", "UNHEALTHY"))
                    .healthy(true)),
            List.of()),
        argumentSet(
            "its checks have passed, Cloud Map does not know",
            new Seen().task(task(1)).holds(own(1).healthy(false)),
            List.of("SetHealth 1")),
        argumentSet(
            "its checks have not passed yet",
            new Seen()
                .task(task(1, Progress.RUNNING, Health.UNPROVEN, false))
                .holds(own(1).healthy(false)),
            List.of()),
        argumentSet(
            "foreign, with Shepherd's attributes but no task's id",
            new Seen().holds(new Instance("mine", attributes(1), Optional.empty())),
            List.of("Leave FOREIGN 1")),
        argumentSet(
            "foreign, of a cluster that is not looked in",
            new Seen().holds(instance(1, attributes(1, "ECS_CLUSTER_NAME", "other"))),
            List.of("Leave FOREIGN 1")),
        argumentSet(
            "foreign, under a canary's id: it is not written over",
            new Seen().task(task(1)).holds(instance(1, Map.of("AWS_INSTANCE_IPV4", "10.1.0.1"))),
            List.of("Leave FOREIGN 1")),
        argumentSet(
            "ECS's, though somebody gave it Shepherd's attributes",
            new Seen().holds(instance(1, attributes(1, "ECS_SERVICE_NAME", "gateway"))),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "like Shepherd's, but of a service's live task",
            new Seen().task(othersTask(1)).holds(own(1)),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "ECS's orphans are not this step's", Seen.beside(3), List.of("Leave NOT_OURS 3")),
        argumentSet(
            "registering is under way",
            new Seen().task(task(1)).underWay(id(1)),
            List.of("Leave UNDER_WAY 1")),
        argumentSet(
            "deregistering is under way: it does not count as one that stays",
            new Seen().holds(own(1)).holds(own(2)).underWay(id(1)),
            List.of("Leave LAST 1", "Leave UNDER_WAY 1").reversed()),
        argumentSet(
            "a partial listing",
            Seen.beside(2).holds(own(1)).partial("page 2 is denied"),
            List.of("Leave PARTIAL 0")));
  }

  @Test
  void registersWithWhatIsTrueForACanary() {
    assertThat(new Seen().task(task(1)).plan())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class, register -> assertThat(register.attributes()).isEqualTo(attributes(1)));
  }

  @Test
  void registersAsUnhealthyUntilTheChecksHavePassedWhereCloudMapCanSaySo() {
    ServingTask unproven = task(1, Progress.RUNNING, Health.UNPROVEN, false);
    assertThat(new Seen().task(unproven).plan())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class,
            register -> assertThat(register.attributes())
                .containsEntry("AWS_INIT_HEALTH_STATUS", "UNHEALTHY"));
    assertThat(new Seen().plain().task(unproven).plan())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class, register -> assertThat(register.attributes()).isEqualTo(attributes(1)));
  }

  @Test
  void saysWhyWithTheNamesAndNotTheValues() {
    assertThat(Seen.beside(10).holds(own(1)).plan().getFirst())
        .isEqualTo(new Deregister(id(1), "its canary task is gone"));
    assertThat(new Seen()
            .task(task(1))
            .holds(instance(1, attributes(1, "SHEPHERD_CONFIG", "other")))
            .plan()
            .getFirst()
            .reason())
        .contains("SHEPHERD_CONFIG")
        .doesNotContain("other");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void refusesLimitsOutOfBounds(int percent) {
    assertThatThrownBy(() -> new RegistrationLimits(percent))
        .hasMessageContaining(Integer.toString(percent));
  }

  @Test
  void refusesAnIdThatCloudMapWouldRefuse() {
    assertThatThrownBy(() -> new Seen()
            .task(new ServingTask(
                "x".repeat(65),
                GATEWAY,
                "f",
                Optional.empty(),
                Progress.RUNNING,
                Health.WELL,
                false,
                new Place("a", "b"),
                new Reach.Nowhere())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
