package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.CloudMap;
import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.CloudMapService;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.servicediscovery.model.OperationType;

/** The real handler against the local world: what becomes of ECS's own registrations. */
class RegistrationRepairTest {
  private static final String MARKS = "/shepherd/collectors/gateway/registrations";
  private static final String ADDRESS = "AWS_INSTANCE_IPV4";

  /**
   * A gateway of so many tasks, registered and left in peace for a while, just after a schedule.
   */
  private static Stand gateway(int tasks, String more) throws IOException {
    return Stand.fleet("{name: gateway, pattern: service, tasks: " + tasks + more + "}")
        .pass(11);
  }

  static Stand gateway(int tasks) throws IOException {
    return gateway(tasks, "");
  }

  private static CloudMap cloudMap(Stand stand) {
    return stand.simulation.world().cloudMap();
  }

  private static CloudMapService registry(Stand stand) {
    return cloudMap(stand).services().values().iterator().next();
  }

  static Map<String, CloudMapInstance> instances(Stand stand) {
    return new TreeMap<>(registry(stand).instances());
  }

  static Map<String, String> attributes(Stand stand, String id) {
    return Optional.ofNullable(instances(stand).get(id)).orElseThrow().attributes();
  }

  static List<WorldTask> tasks(Stand stand) {
    return stand.service("gateway").tasks().values().stream()
        .filter(WorldTask::isRunning)
        .toList();
  }

  static void register(Stand stand, String id, Map<String, String> attributes) {
    cloudMap(stand).register(registry(stand).id(), id, attributes);
  }

  private static void remove(Stand stand, WorldTask task) {
    cloudMap(stand).deregister(registry(stand).id(), task.id());
  }

  /** An instance as ECS leaves it behind, with this address. */
  private static void orphan(Stand stand, int number, String address) {
    Map<String, String> like = new HashMap<>(instances(stand).values().stream()
        .filter(instance -> instance.attributes().containsKey("ECS_SERVICE_NAME"))
        .findFirst()
        .orElseThrow()
        .attributes());
    like.put(ADDRESS, address);
    register(stand, orphan(number), like);
  }

  private static String orphan(int number) {
    return "%012x%020d".formatted(number, 0);
  }

  static void orphans(Stand stand, int count) {
    for (int i = 1; i <= count; i++) {
      orphan(stand, i, "10.200.0." + i % 250);
    }
  }

  /** Every task is in it with its address, nothing else is, but for what is foreign. */
  private static void isExact(Stand stand) {
    Map<String, String> expected = new TreeMap<>();
    tasks(stand).forEach(task -> expected.put(task.id(), task.address()));
    Map<String, String> actual = new TreeMap<>();
    instances(stand).values().stream()
        .filter(instance -> instance.attributes().containsKey("ECS_SERVICE_NAME"))
        .forEach(instance ->
            actual.put(instance.id(), String.valueOf(instance.attributes().get(ADDRESS))));
    assertThat(actual).as(stand.story()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource({"damages", "wrongs"})
  void isExactAfterTwoSchedulesAndWritesNothingInTheThird(Consumer<Stand> damage)
      throws IOException {
    Stand stand = gateway(12);
    damage.accept(stand);
    stand.pass(10);
    isExact(stand);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        argumentSet("two orphans", damage(stand -> orphans(stand, 2))),
        argumentSet(
            "two are missing",
            damage(stand -> tasks(stand).subList(0, 2).forEach(task -> remove(stand, task)))),
        argumentSet(
            "all are missing, as when the Cloud Map service was made anew",
            damage(stand -> tasks(stand).forEach(task -> remove(stand, task)))),
        argumentSet("all are missing but an orphan", damage(stand -> {
          orphans(stand, 1);
          tasks(stand).forEach(task -> remove(stand, task));
        })),
        argumentSet(
            "a live task's address under the id of one that is gone",
            damage(stand -> orphan(stand, 1, tasks(stand).getFirst().address()))),
        argumentSet("a live task's address twice, and its own registration lost", damage(stand -> {
          orphan(stand, 1, tasks(stand).getFirst().address());
          orphan(stand, 2, tasks(stand).getFirst().address());
          remove(stand, tasks(stand).getFirst());
        })));
  }

  /** moto does not replace what is registered again. */
  static Stream<Arguments> wrongs() {
    return Stream.of(argumentSet(
        "a live task's registration leads to another's address", damage(stand -> {
          WorldTask task = tasks(stand).getFirst();
          Map<String, String> wrong = new HashMap<>(attributes(stand, task.id()));
          wrong.put(ADDRESS, tasks(stand).getLast().address());
          register(stand, task.id(), wrong);
        })));
  }

  private static Consumer<Stand> damage(Consumer<Stand> damage) {
    return damage;
  }

  @Test
  void looksTwiceBeforeItTakesOutWhatEcsRegistered() throws IOException {
    Stand stand = gateway(3);
    orphans(stand, 1);
    stand.pass(5);
    assertThat(instances(stand)).hasSize(4);
    assertThat(stand.parameter(MARKS)).contains(orphan(1).substring(0, 12)).hasSizeLessThan(4096);
    assertThat(stand.decisions()).contains("Leave YOUNG");
    stand.pass(5);
    assertThat(instances(stand)).as("3 instances and one orphan").hasSize(3);
    assertThat(stand.parameter(MARKS)).doesNotContain(orphan(1).substring(0, 12));
    assertThat(stand.story()).contains("Registrations Repaired");
  }

  @Test
  void forgetsWhatEcsHasPutRightItself() throws IOException {
    Stand stand = gateway(3);
    orphans(stand, 1);
    stand.pass(5);
    cloudMap(stand).deregister(registry(stand).id(), orphan(1));
    stand.pass(5);
    assertThat(stand.parameter(MARKS)).doesNotContain(orphan(1).substring(0, 12));
    orphans(stand, 1);
    stand.pass(5);
    assertThat(instances(stand)).as("seen anew, and only once").hasSize(4);
  }

  @Test
  void neverTouchesAForeignInstanceWithTheSameAddress() throws IOException {
    Stand stand = gateway(3);
    Map<String, String> theirs = Map.of(ADDRESS, tasks(stand).getFirst().address());
    register(stand, "theirs", theirs);
    register(stand, tasks(stand).getLast().id(), theirs);
    assertThat(Stand.writes(stand.callsWhile(20))).isEmpty();
    assertThat(attributes(stand, "theirs")).isEqualTo(theirs);
    assertThat(attributes(stand, tasks(stand).getLast().id())).isEqualTo(theirs);
  }

  @Test
  void restoresInEcsOwnForm() throws IOException {
    Stand stand = gateway(3);
    WorldTask task = tasks(stand).getFirst();
    Map<String, String> ecs = new TreeMap<>(attributes(stand, task.id()));
    ecs.remove("AWS_INIT_HEALTH_STATUS"); // Its checks have passed meanwhile.
    remove(stand, task);
    stand.pass(10);
    assertThat(attributes(stand, task.id())).isEqualTo(ecs);
  }

  @Test
  void aDeletedNamespaceIsSaidOnceAndHidesNoOther() throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml(
                "gateway",
                "{name: gateway, pattern: service, tasks: 3}",
                "{name: second, pattern: service, tasks: 3}"))
        .pass(11);
    String gone = registry(stand).id();
    instances(stand).keySet().forEach(id -> cloudMap(stand).deregister(gone, id));
    cloudMap(stand).deleteService(gone);
    orphan(stand, 1, "10.200.0.1");
    stand.pass(15);
    assertThat(instances(stand)).as("the other's").hasSize(3);
    assertThat(stand.decisions()).contains("NO_SERVICE");
    assertThat(stand.story()).contains("Registrations Held").doesNotContain("Reconcile Failed");
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  @Test
  void doesNothingToAServiceWhoseSecondPageCannotBeRead() throws IOException {
    Stand stand = gateway(120);
    orphans(stand, 3);
    stand.denials.deny((operation, request) ->
        operation.equals("servicediscovery:ListInstances") && request.has("NextToken"));
    assertThat(Stand.writes(stand.callsWhile(15))).containsOnlyKeys("events:PutEvents");
    assertThat(instances(stand)).hasSize(123);
    stand.denials.deny((operation, request) -> false);
    stand.pass(10);
    isExact(stand);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs:ListTasks", "ecs:DescribeTasks"})
  void doesNothingWhileTasksCannotBeRead(String operation) throws IOException {
    Stand stand = gateway(3);
    orphans(stand, 1);
    stand.denials.deny((called, request) -> called.equals(operation));
    stand.pass(15);
    assertThat(instances(stand)).hasSize(4);
  }

  /** Again and again, so that two looks agree. */
  @Test
  void takesOutNothingWhileReadsShowNoTasksAtAll() throws IOException {
    Stand stand = gateway(6);
    orphans(stand, 2);
    stand.simulation.face().rewrite((operation, answer) -> {
      if (operation.equals("ecs:ListTasks")) {
        answer.putArray("taskArns");
      } else if (operation.equals("ecs:DescribeTasks")) {
        answer.putArray("tasks");
      }
      return answer;
    });
    assertThat(Stand.writes(stand.callsWhile(20))).containsOnlyKeys("events:PutEvents");
    assertThat(instances(stand)).hasSize(8);
    assertThat(stand.decisions()).contains("BLIND");
    stand.simulation.face().rewrite((operation, answer) -> answer);
    stand.pass(15);
    isExact(stand);
  }

  /** 13,000 tasks take 260 calls; a run has 275 and keeps 25 of them. */
  @Test
  void repairsWhereNoRunCanReadAllTasks() throws IOException {
    Stand stand = Stand.fleet(IntStream.range(0, 13)
            .mapToObj("{name: s%d, pattern: service, tasks: 1000}"::formatted)
            .toArray(String[]::new))
        .pass(11);
    List<CloudMapService> some =
        cloudMap(stand).services().values().stream().limit(13).toList();
    assertThat(some).hasSize(13).allMatch(service -> service.instances().size() == 1000);
    for (CloudMapService service : List.of(some.getFirst(), some.get(7), some.getLast())) {
      Map<String, String> like =
          new HashMap<>(service.instances().values().iterator().next().attributes());
      like.put(ADDRESS, "10.200.0.1");
      cloudMap(stand).register(service.id(), orphan(1), like);
    }
    stand.pass(15);
    assertThat(some)
        .allMatch(service -> !service.instances().containsKey(orphan(1)))
        .allMatch(service -> service.instances().size() == 1000);
    assertThat(stand.deadLetters()).isZero();
  }

  @Test
  void emptiesWhatIsLeftOfAServiceAtRest() throws IOException {
    Stand stand = gateway(4);
    orphans(stand, 2);
    stand
        .simulation
        .world()
        .ecs()
        .updateService(software.amazon.awssdk.services.ecs.model.UpdateServiceRequest.builder()
            .cluster("prod")
            .service("gateway")
            .desiredCount(0)
            .build());
    stand.pass(25);
    assertThat(instances(stand)).as(stand.story()).isEmpty();
  }

  @Test
  void takesOutAMassInSharesAndSaysSo() throws IOException {
    Stand stand = gateway(450);
    orphans(stand, 450);
    stand.pass(5);
    assertThat(stand.parameter(MARKS).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(4096);
    int before = 900;
    for (int run = 0; run < 12 && before > 450; run++) {
      stand.pass(5);
      int after = instances(stand).size();
      assertThat(before - after).isBetween(1, before / 5);
      before = after;
    }
    isExact(stand);
    assertThat(stand.decisions()).contains("TOO_MANY");
    assertThat(stand.story()).contains("Registrations Held");
    stand.pass(5);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  @Test
  void restoresAMassAtOnce() throws IOException {
    Stand stand = gateway(300);
    tasks(stand).forEach(task -> remove(stand, task));
    stand.pass(10);
    isExact(stand);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  @Test
  void aFullCloudMapServiceIsAFinding() throws IOException {
    Stand stand = gateway(10);
    for (int i = 0; i < 990; i++) {
      register(stand, "foreign-" + i, Map.of(ADDRESS, "10.1.0.1"));
    }
    tasks(stand).subList(0, 5).forEach(task -> remove(stand, task));
    for (int i = 990; i < 993; i++) {
      register(stand, "foreign-" + i, Map.of(ADDRESS, "10.1.0.1"));
    }
    stand.pass(10);
    assertThat(instances(stand)).hasSize(1000);
    assertThat(stand.decisions()).contains("FULL");
    stand.pass(5);
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
  }

  @Test
  void drainsAServicesTaskAtOnce() throws IOException {
    Stand stand = gateway(6);
    WorldTask task = tasks(stand).getFirst();
    stand
        .simulation
        .world()
        .ecs()
        .tags()
        .add(
            task.arn(),
            List.of(Tag.builder().key("shepherd:drain").value("true").build()));
    stand.pass(5);
    assertThat(instances(stand)).hasSize(5).doesNotContainKey(task.id());
    assertThat(Stand.writes(stand.callsWhile(15))).isEmpty();
  }

  @Test
  void onlyReportsOnAServiceThatIsTaggedOut() throws IOException {
    Stand stand = gateway(4, ", tags: {\"shepherd:managed\": \"false\"}");
    orphans(stand, 1);
    remove(stand, tasks(stand).getFirst());
    assertThat(Stand.writes(stand.callsWhile(15))).isEmpty();
    assertThat(stand.decisions()).contains("UNMANAGED");
  }

  @Test
  void onlyReadsWhatServiceConnectKeeps() throws IOException {
    Stand stand = gateway(4);
    orphans(stand, 1);
    String arn = registry(stand).arn();
    stand.services((name, service) -> service
        .withArray("deployments")
        .forEach(deployment -> ((ObjectNode) deployment)
            .withArray("serviceConnectResources")
            .addObject()
            .put("discoveryName", "gateway")
            .put("discoveryArn", arn)));
    Map<String, Integer> calls = stand.callsWhile(15);
    assertThat(Stand.writes(calls)).isEmpty();
    assertThat(calls).doesNotContainKey("servicediscovery:ListInstances");
    assertThat(stand.decisions()).contains("SERVICE_CONNECT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "host"})
  void knowsWhereATaskOnTheHostsNetworkIs(String networkMode) throws IOException {
    Stand stand = gateway(3, ", launchType: EC2, networkMode: " + networkMode + ", hosts: 3");
    assertThat(Stand.writes(stand.callsWhile(5))).as(stand.story()).isEmpty();
    WorldTask task = tasks(stand).getFirst();
    Map<String, String> ecs = new TreeMap<>(attributes(stand, task.id()));
    remove(stand, task);
    stand.pass(10);
    ecs.remove("AWS_INIT_HEALTH_STATUS");
    assertThat(attributes(stand, task.id()))
        .as(stand.story())
        .isEqualTo(ecs)
        .containsKeys("AWS_INSTANCE_PORT", "EC2_INSTANCE_ID");
    assertThat(stand.callsWhile(5))
        .doesNotContainKeys("ecs:DescribeContainerInstances", "ec2:DescribeInstances");
  }

  @Test
  void leavesATaskWhoseHostEc2DoesNotTell() throws IOException {
    Stand stand = Stand.fleet(
        "{name: gateway, pattern: service, tasks: 3, launchType: EC2, networkMode: bridge}");
    stand.denials.deny((operation, request) -> operation.equals("ec2:DescribeInstances"));
    stand.pass(6);
    orphans(stand, 1);
    remove(stand, tasks(stand).getFirst());
    stand.pass(11);
    assertThat(stand.decisions()).contains("UNREACHABLE");
    assertThat(instances(stand)).hasSize(2).doesNotContainKey(orphan(1));
  }

  /** The formulas of RegistrationObserver and Registries are also the least that pages need. */
  @Test
  void makesNoMoreCallsThanThePagesNeed() throws IOException {
    Stand stand = gateway(250);
    assertThat(stand.callsOf("RegistrationSync", 5))
        .isEqualTo(Map.of(
            "ecs:ListServices", 1,
            "ecs:DescribeServices", 1,
            "ecs:ListTasks", 3,
            "ecs:DescribeTasks", 3,
            "servicediscovery:ListInstances", 3));
  }

  /** ECS does the same at the same time: before the call, and while Cloud Map works on it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsTheSameWhenEcsIsFaster(boolean working) throws IOException {
    Stand stand = gateway(6);
    orphans(stand, 1);
    WorldTask task = tasks(stand).getFirst();
    Map<String, String> ecs = attributes(stand, task.id());
    remove(stand, task);
    List<String> raced = new ArrayList<>();
    stand.simulation.face().hook(new CallHook() {
      @Override
      public void before(String operation, ObjectNode request) {
        String registry = registry(stand).id();
        String id = request.path("InstanceId").asText();
        boolean register = operation.equals("servicediscovery:RegisterInstance");
        if (!register && !operation.equals("servicediscovery:DeregisterInstance")) {
          return;
        }
        raced.add(operation);
        Runnable change = () -> {
          if (register) {
            cloudMap(stand).register(registry, id, ecs);
          } else {
            cloudMap(stand).deregister(registry, id);
          }
        };
        if (working) {
          cloudMap(stand)
              .submit(
                  register ? OperationType.REGISTER_INSTANCE : OperationType.DEREGISTER_INSTANCE,
                  registry,
                  id,
                  change);
        } else {
          change.run();
        }
      }
    });
    stand.pass(10);
    assertThat(raced).hasSize(2);
    isExact(stand);
    assertThat(stand.story()).doesNotContain("Reconcile Failed");
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  /** Between the look and the act a task stops, and ECS takes it out: it must not stay in. */
  @Test
  void takesOutAgainWhatStoppedWhileItWasPutIn() throws IOException {
    Stand stand = gateway(6);
    WorldTask task = tasks(stand).getFirst();
    remove(stand, task);
    stand.simulation.face().hook(new CallHook() {
      @Override
      public void before(String operation, ObjectNode request) {
        if (operation.equals("servicediscovery:RegisterInstance")) {
          stand.simulation.world().ecs().stopTask(task, "test");
        }
      }
    });
    stand.pass(20);
    isExact(stand);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsExactWhateverHappensToCallsAndEvents(String faults) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: gateway, pattern: service, tasks: 12}")
            + "faults: {" + faults + "}\nsteps:\n"
            + "  - {at: 11m, orphan: {service: gateway, instances: 3}}\n"
            + "  - {at: 11m, unregister: {service: gateway, instances: 3}}\n"
            + "  - {at: 12m, reuseIp: {service: gateway, instances: 1}}\n"
            + "  - {at: 13m, foreignInstance: {service: gateway, instances: 1}}\n"
            + "  - {at: 40m, faults: \"off\"}\n")
        .pass(55);
    isExact(stand);
    assertThat(Stand.writes(stand.callsWhile(5))).as(stand.story()).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        argumentSet("none", ""),
        argumentSet("every second event doubled", "duplicate: 0.5"),
        argumentSet("late and out of order", "reorder: 0.5, delay: 90s"),
        argumentSet("every event lost", "lose: 1.0"),
        argumentSet("every tenth call throttled", "throttle: 0.1"),
        argumentSet("every tenth call fails", "serverError: 0.1"),
        argumentSet("every third read is stale", "staleRead: 0.3"),
        argumentSet("every tenth page fails", "failPage: 0.1"),
        argumentSet("every third run is killed", "killFunction: 0.3"));
  }

  /** The runs that take one out and put one in make some 40 calls; killed at each it ends so. */
  @ParameterizedTest
  @MethodSource("calls")
  void survivesAKillAtAnyCall(int call) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: gateway, pattern: service, tasks: 6}")
            + "steps:\n  - {at: 11m, orphan: {service: gateway, instances: 1}}\n"
            + "  - {at: 11m, unregister: {service: gateway, instances: 1}}\n"
            + "  - {at: 11m, killCall: {function: RegistrationSync, call: " + call + "}}\n")
        .pass(31);
    isExact(stand);
    assertThat(Stand.writes(stand.callsWhile(5))).as(stand.story()).isEmpty();
  }

  static Stream<Integer> calls() {
    return IntStream.rangeClosed(1, 40).boxed();
  }
}
