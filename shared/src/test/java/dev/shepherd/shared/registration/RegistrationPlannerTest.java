package dev.shepherd.shared.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.RegistrationDecision.Change;
import dev.shepherd.shared.registration.RegistrationDecision.Deregister;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationDecision.Register;
import dev.shepherd.shared.registration.ServingTask.Canary;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Place;
import dev.shepherd.shared.registration.ServingTask.Progress;
import dev.shepherd.shared.registration.ServingTask.Reach;
import dev.shepherd.shared.registration.Sighting.Kind;
import java.time.Duration;
import java.time.Instant;
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
  private static final RegistrationLimits LIMITS =
      new RegistrationLimits(20, Duration.ofSeconds(60));
  private static final Place PLACE = new Place("eu-west-1a", "eu-west-1", Optional.empty());

  private static final Instant NOW = Instant.parse("2026-05-11T09:00:00Z");

  /** A picture: what the row adds, beside instances of ECS's with their tasks. */
  static final class Seen {
    final List<Instance> instances = new ArrayList<>();
    final List<ServingTask> tasks = new ArrayList<>();
    final Map<Sighting, Instant> firstSeen = new HashMap<>();
    Optional<Leave> closed = Optional.empty();
    Set<String> underWay = Set.of();
    Set<ServiceName> others = Set.of();
    boolean customHealth = true;
    Registrant registrant = new Registrant(0, 0, true);
    int takenOut;

    static Seen beside(int ofEcs) {
      Seen seen = new Seen().running(ofEcs);
      for (int i = 0; i < ofEcs; i++) {
        seen.holds(ofEcs(100 + i)).task(service(100 + i));
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

    Seen orphans(int first, int count) {
      for (int number = first; number < first + count; number++) {
        holds(ofEcs(number));
      }
      return this;
    }

    Seen since(Sighting.Kind kind, int number, int secondsAgo) {
      firstSeen.put(Sighting.of(kind, id(number)), NOW.minusSeconds(secondsAgo));
      return this;
    }

    Seen underWay(String id) {
      underWay = Set.of(id);
      return this;
    }

    Seen closed(Guard guard, String why) {
      closed = Optional.of(new Leave(guard, List.of(), why));
      return this;
    }

    Seen running(int running) {
      registrant = new Registrant(running, running, registrant.managed());
      return this;
    }

    Seen unmanaged() {
      registrant = new Registrant(registrant.desired(), registrant.running(), false);
      return this;
    }

    Seen other(String service) {
      others = Set.of(new ServiceName("prod", service));
      return this;
    }

    Seen takenOut(int instances) {
      takenOut = instances;
      return this;
    }

    Seen plain() {
      customHealth = false;
      return this;
    }

    RegistrationPlan plan() {
      return RegistrationPlanner.plan(
          new RegistrationSnapshot(
              "srv-1",
              closed,
              Set.of("prod"),
              Map.of(GATEWAY, registrant),
              others,
              instances,
              tasks,
              customHealth,
              underWay,
              firstSeen,
              takenOut),
          LIMITS,
          NOW);
    }
  }

  private static String id(int number) {
    return "%012x%020d".formatted(number, 0);
  }

  private static Instance instance(int number, Map<String, String> attributes) {
    return new Instance(id(number), attributes, Optional.empty());
  }

  /** As ECS registers {@link #service}. */
  private static Instance ofEcs(int number) {
    return ofEcs(number, Instance.SERVICE, "gateway");
  }

  private static Instance ofEcs(int number, String name, String value) {
    Map<String, String> attributes = attributes(number, name, value);
    attributes.putIfAbsent(Instance.SERVICE, "gateway");
    attributes.put("ECS_TASK_DEFINITION_FAMILY", "gateway");
    attributes.keySet().removeAll(Set.of(Instance.FLEET, Instance.CONFIG));
    return instance(number, attributes);
  }

  private static ServingTask service(int number) {
    return service(number, Progress.RUNNING, Health.WELL, false);
  }

  private static ServingTask service(
      int number, Progress progress, Health health, boolean drained) {
    return new ServingTask(
        id(number),
        GATEWAY,
        "gateway",
        Optional.empty(),
        progress,
        health,
        drained,
        PLACE,
        at(number));
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
        PLACE,
        reach);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void decides(Seen seen, List<String> decisions) {
    assertThat(
            seen.plan().decisions().stream().map(RegistrationPlannerTest::told).toList())
        .isEqualTo(decisions);
    assertThat(seen.plan().decisions())
        .allSatisfy(decision -> assertThat(decision.reason()).isNotBlank());
  }

  /** {@code Register 1}, {@code Leave TOO_MANY 2}: the instance's number, or how many. */
  private static String told(RegistrationDecision decision) {
    String name = decision.getClass().getSimpleName();
    return switch (decision) {
      case Leave leave -> name + " " + leave.guard() + " " + leave.instances().size();
      case Change change -> name + " " + Integer.parseInt(change.instance().substring(0, 12), 16);
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
            List.of("Leave STARTING 1")),
        argumentSet(
            "a late look shows a registered canary as starting",
            new Seen().task(task(1, Progress.STARTING, Health.UNPROVEN, false)).holds(own(1)),
            List.of("Leave STARTING 1")),
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
        argumentSet("its task is gone", Seen.beside(10).holds(own(1)), List.of("Deregister 1")),
        argumentSet(
            "its task ends",
            Seen.beside(10).holds(own(1)).task(task(1, Progress.ENDING, Health.WELL, false)),
            List.of("Deregister 1")),
        argumentSet(
            "its task is unhealthy",
            Seen.beside(10).holds(own(1)).task(task(1, Progress.RUNNING, Health.UNHEALTHY, false)),
            List.of("Deregister 1")),
        argumentSet(
            "its task is drained",
            Seen.beside(10).holds(own(1)).task(task(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Deregister 1")),
        argumentSet(
            "its task belongs to a service that registers elsewhere",
            Seen.beside(10)
                .holds(own(1))
                .task(task(1, another, Progress.RUNNING, Health.WELL, false, at(1))),
            List.of("Deregister 1")),
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
            List.of("Deregister 6", "Deregister 1", "Deregister 2", "Leave TOO_MANY 3")),
        argumentSet(
            "the last one, though the service has running tasks",
            new Seen()
                .running(1)
                .holds(own(1))
                .task(service(9))
                .task(task(1, Progress.RUNNING, Health.WELL, true))
                .unmanaged(),
            List.of("Leave UNMANAGED 1", "Leave LAST 1")),
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
            new Seen()
                .task(task(1))
                .holds(instance(1, attributes(1, "ECS_SERVICE_NAME", "gateway"))),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "like Shepherd's, but of a service's live task",
            new Seen().task(service(1)).holds(own(1)),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "registering is under way",
            new Seen().task(task(1)).underWay(id(1)),
            List.of("Leave UNDER_WAY 1")),
        argumentSet(
            "deregistering is under way: it does not count as one that stays",
            new Seen()
                .running(1)
                .task(service(9))
                .unmanaged()
                .holds(own(1))
                .holds(own(2))
                .underWay(id(1)),
            List.of("Leave UNMANAGED 1", "Leave UNDER_WAY 1", "Leave LAST 1")),
        argumentSet(
            "a partial listing",
            Seen.beside(2).holds(own(1)).closed(Guard.PARTIAL, "page 2 is denied"),
            List.of("Leave PARTIAL 0")));
  }

  @ParameterizedTest
  @MethodSource("servicesPictures")
  void decidesOnEcsOwn(Seen seen, List<String> decisions) {
    decides(seen, decisions);
  }

  static Stream<Arguments> servicesPictures() {
    return Stream.of(
        argumentSet("all as it should be", Seen.beside(3), List.of()),
        argumentSet("an orphan, seen now", Seen.beside(3).orphans(1, 1), List.of("Leave YOUNG 1")),
        argumentSet(
            "an orphan, seen 59 s ago",
            Seen.beside(3).orphans(1, 1).since(Kind.STALE, 1, 59),
            List.of("Leave YOUNG 1")),
        argumentSet(
            "an orphan beside three, seen 60 s ago",
            Seen.beside(3).orphans(1, 1).since(Kind.STALE, 1, 60),
            List.of("Deregister 1")),
        argumentSet(
            "two orphans, one seen before: one look is no two",
            Seen.beside(10).orphans(1, 2).since(Kind.STALE, 2, 60),
            List.of("Deregister 2", "Leave YOUNG 1")),
        argumentSet(
            "it was missing before, and is an orphan now",
            Seen.beside(3).orphans(1, 1).since(Kind.MISSING, 1, 60),
            List.of("Leave YOUNG 1")),
        argumentSet(
            "an orphan with a live task's address",
            Seen.beside(3).holds(ofEcs(1, Instance.ADDRESS, "10.0.0.100")).since(Kind.STALE, 1, 60),
            List.of("Deregister 1")),
        argumentSet(
            "a foreign instance with a live task's address",
            Seen.beside(3)
                .holds(new Instance("x", Map.of(Instance.ADDRESS, "10.0.0.100"), Optional.empty())),
            List.of("Leave FOREIGN 1")),
        argumentSet(
            "its task has stopped",
            Seen.beside(3)
                .orphans(1, 1)
                .task(service(1, Progress.ENDED, Health.UNPROVEN, false))
                .since(Kind.STALE, 1, 60),
            List.of("Deregister 1")),
        argumentSet(
            "its task is ending: ECS takes it out",
            Seen.beside(3)
                .orphans(1, 1)
                .task(service(1, Progress.ENDING, Health.WELL, false))
                .since(Kind.STALE, 1, 60),
            List.of()),
        argumentSet(
            "its task is unhealthy: ECS takes it out",
            Seen.beside(3)
                .orphans(1, 1)
                .task(service(1, Progress.RUNNING, Health.UNHEALTHY, false)),
            List.of()),
        argumentSet(
            "its task is drained: at once",
            Seen.beside(3).orphans(1, 1).task(service(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Deregister 1")),
        argumentSet(
            "a drained task that is out stays out",
            Seen.beside(3).task(service(1, Progress.RUNNING, Health.WELL, true)),
            List.of("Leave DRAINED 1")),
        argumentSet(
            "orphans of a service that is gone",
            Seen.beside(5).holds(ofEcs(1, Instance.SERVICE, "old")).since(Kind.STALE, 1, 60),
            List.of("Deregister 1")),
        argumentSet(
            "orphans of a service of no fleet",
            Seen.beside(5)
                .other("billing")
                .holds(ofEcs(1, Instance.SERVICE, "billing"))
                .since(Kind.STALE, 1, 60),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "orphans in a cluster that is not looked in",
            Seen.beside(5).holds(ofEcs(1, Instance.CLUSTER, "other")).since(Kind.STALE, 1, 60),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "an orphan under an EXTERNAL controller",
            Seen.beside(5)
                .holds(ofEcs(1, "ECS_TASK_SET_EXTERNAL_ID", "x"))
                .since(Kind.STALE, 1, 60),
            List.of("Leave NOT_OURS 1")),
        argumentSet(
            "an orphan of a service tagged out",
            Seen.beside(5).unmanaged().orphans(1, 1).since(Kind.STALE, 1, 60),
            List.of("Leave UNMANAGED 1")),
        argumentSet(
            "no task is shown of a service that has some",
            new Seen().running(3).orphans(1, 3).since(Kind.STALE, 1, 600),
            List.of("Leave BLIND 3")),
        argumentSet(
            "no task is shown, and a canary's is not either",
            new Seen().running(3).holds(own(1)),
            List.of("Leave BLIND 1")),
        argumentSet(
            "a service at rest: all go, by the cap",
            new Seen().orphans(1, 2).since(Kind.STALE, 1, 60).since(Kind.STALE, 2, 60),
            List.of("Deregister 1", "Leave TOO_MANY 1")),
        argumentSet(
            "the last healthy one, while the live one is not healthy yet",
            new Seen()
                .running(1)
                .task(service(100))
                .holds(ofEcs(100).healthy(false))
                .orphans(1, 1)
                .since(Kind.STALE, 1, 60),
            List.of("Leave LAST 1")),
        argumentSet(
            "an unhealthy orphan, beside one that is not healthy yet",
            new Seen()
                .running(1)
                .task(service(100))
                .holds(ofEcs(100).healthy(false))
                .holds(ofEcs(1).healthy(false))
                .since(Kind.STALE, 1, 60),
            List.of("Deregister 1")),
        argumentSet(
            "this run has taken out its one already",
            Seen.beside(5).takenOut(1).orphans(1, 1).since(Kind.STALE, 1, 60),
            List.of("Leave TOO_MANY 1")),
        argumentSet("missing, seen now", Seen.beside(3).task(service(1)), List.of("Leave YOUNG 1")),
        argumentSet(
            "missing, seen 60 s ago",
            Seen.beside(3).task(service(1)).since(Kind.MISSING, 1, 60),
            List.of("Register 1")),
        argumentSet(
            "missing, of a service tagged out",
            Seen.beside(3).unmanaged().task(service(1)).since(Kind.MISSING, 1, 60),
            List.of("Leave UNMANAGED 1")),
        argumentSet(
            "not running yet",
            Seen.beside(3).task(service(1, Progress.STARTING, Health.UNPROVEN, false)),
            List.of()),
        argumentSet(
            "unhealthy, and ECS has taken it out",
            Seen.beside(3).task(service(1, Progress.RUNNING, Health.UNHEALTHY, false)),
            List.of()),
        argumentSet(
            "missing, but foreign under its id",
            Seen.beside(3)
                .task(service(1))
                .holds(instance(1, Map.of(Instance.ADDRESS, "10.0.0.1")))
                .since(Kind.MISSING, 1, 60),
            List.of("Leave FOREIGN 1")),
        argumentSet(
            "another's address, seen now",
            Seen.beside(3).task(service(1)).holds(ofEcs(1, Instance.ADDRESS, "10.9.9.9")),
            List.of("Leave YOUNG 1")),
        argumentSet(
            "another's address, seen 60 s ago",
            Seen.beside(3)
                .task(service(1))
                .holds(ofEcs(1, Instance.ADDRESS, "10.9.9.9"))
                .since(Kind.WRONG, 1, 60),
            List.of("Correct 1")),
        argumentSet(
            "what ECS says beyond that is ECS's",
            Seen.beside(3).task(service(1)).holds(ofEcs(1, "AWS_NEW", "x")),
            List.of()),
        argumentSet(
            "Service Connect's",
            Seen.beside(3).orphans(1, 1).closed(Guard.SERVICE_CONNECT, "read only"),
            List.of("Leave SERVICE_CONNECT 0")));
  }

  @Test
  void takesOutAShareOfAMassAndRemembersTheRest() {
    Seen seen = Seen.beside(450).orphans(1001, 450);
    for (int i = 0; i < 450; i++) {
      seen.since(Kind.STALE, 1001 + i, 300);
    }
    RegistrationPlan plan = seen.plan();
    assertThat(plan.decisions().stream().filter(Deregister.class::isInstance)).hasSize(180);
    assertThat(plan.suspected()).hasSize(450);
    assertThat(plan.drift()).isEqualTo(new RegistrationPlan.Drift(0, 450, 0));
  }

  @Test
  void restoresAWholeServiceAsOneStormAndNoMoreThanThereIsRoom() {
    Seen seen = new Seen().running(950);
    for (int i = 0; i < 950; i++) {
      seen.task(service(1 + i));
    }
    for (int i = 0; i < 100; i++) {
      seen.holds(new Instance("x" + i, Map.of(), Optional.empty()));
    }
    assertThat(seen.plan().suspected()).hasSize(1);
    seen.firstSeen.put(seen.plan().suspected().iterator().next(), NOW.minusSeconds(60));
    List<RegistrationDecision> decisions = seen.plan().decisions();
    assertThat(decisions.stream().filter(Register.class::isInstance)).hasSize(900);
    assertThat(decisions.stream().map(RegistrationPlannerTest::told))
        .contains("Leave FULL 50", "Leave FOREIGN 100");
  }

  @Test
  void forgetsWhatIsNoLongerTrueAndKeepsAllWhileNothingCanBeRead() {
    Seen seen = Seen.beside(3).since(Kind.STALE, 1, 60);
    assertThat(seen.plan().suspected()).isEmpty();
    assertThat(seen.closed(Guard.PARTIAL, "page 2").plan().suspected()).hasSize(1);
  }

  @Test
  void registersAServicesTaskInEcsOwnForm() {
    assertThat(Seen.beside(3).task(service(1)).since(Kind.MISSING, 1, 60).plan().decisions())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class,
            register -> assertThat(register.attributes()).isEqualTo(ofEcs(1).attributes()));
  }

  @Test
  void registersWithWhatIsTrueForACanary() {
    assertThat(new Seen().task(task(1)).plan().decisions())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class, register -> assertThat(register.attributes()).isEqualTo(attributes(1)));
  }

  @Test
  void registersAsUnhealthyUntilTheChecksHavePassedWhereCloudMapCanSaySo() {
    ServingTask unproven = task(1, Progress.RUNNING, Health.UNPROVEN, false);
    assertThat(new Seen().task(unproven).plan().decisions())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class,
            register -> assertThat(register.attributes())
                .containsEntry("AWS_INIT_HEALTH_STATUS", "UNHEALTHY"));
    assertThat(new Seen().plain().task(unproven).plan().decisions())
        .singleElement()
        .isInstanceOfSatisfying(
            Register.class, register -> assertThat(register.attributes()).isEqualTo(attributes(1)));
  }

  @Test
  void saysWhyWithTheNamesAndNotTheValues() {
    assertThat(Seen.beside(10).holds(own(1)).plan().decisions().getFirst())
        .isEqualTo(new Deregister(id(1), "its canary task is gone"));
    assertThat(new Seen()
            .task(task(1))
            .holds(instance(1, attributes(1, "SHEPHERD_CONFIG", "other")))
            .plan()
            .decisions()
            .getFirst()
            .reason())
        .contains("SHEPHERD_CONFIG")
        .doesNotContain("other");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void refusesLimitsOutOfBounds(int percent) {
    assertThatThrownBy(() -> new RegistrationLimits(percent, Duration.ZERO))
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
                PLACE,
                new Reach.Nowhere())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
