package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.HealthStatus;

/** The real handler against the local world: what becomes of sick collectors. */
class TaskReplacementTest {
  /** What a stand's functions stopped, and how few tasks served in a service meanwhile. */
  private static final class Watch implements CallHook {
    private final Stand stand;
    private final List<String> stopped = new ArrayList<>();
    private final String service;
    private int fewest = Integer.MAX_VALUE;

    Watch(Stand stand, String service) {
      this.stand = stand;
      this.service = service;
      stand.simulation.face().hook(this);
    }

    @Override
    public void after(String operation, ObjectNode request) {
      if (operation.equals("ecs:StopTask")) {
        stopped.add(request.path("task").asText());
        fewest = Math.min(fewest, serving(stand, service));
      }
    }

    void assertNoneTwice() {
      assertThat(stopped).as(stand.story()).doesNotHaveDuplicates();
    }
  }

  private static int serving(Stand stand, String service) {
    return (int) stand.service(service).tasks().values().stream()
        .filter(WorldTask::isServing)
        .count();
  }

  private static List<WorldTask> running(Stand stand, String service) {
    return stand.service(service).tasks().values().stream()
        .filter(task -> task.isRunning() && task.isWanted())
        .toList();
  }

  private static List<WorldTask> sick(Stand stand, String service) {
    return running(stand, service).stream()
        .filter(task -> !task.container("collector").orElseThrow().isWell())
        .toList();
  }

  private static void kill(Stand stand, List<WorldTask> tasks) {
    tasks.forEach(task -> stand.simulation.world().ecs().kill(task, "collector", 1));
  }

  private static void unhealthy(Stand stand, List<WorldTask> tasks) {
    tasks.forEach(
        task -> stand.simulation.world().ecs().health(task, "collector", HealthStatus.UNHEALTHY));
  }

  private static void assertRepaired(Stand stand, String service, int tasks) {
    assertThat(running(stand, service)).as(stand.story()).hasSize(tasks);
    assertThat(sick(stand, service)).as(stand.story()).isEmpty();
  }

  @Test
  void replacesADeadSidecarAtOnce() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 4}").pass(6);
    Watch watch = new Watch(stand, "a");
    WorldTask victim = running(stand, "a").getFirst();
    kill(stand, List.of(victim));
    stand.pass(1);
    assertRepaired(stand, "a", 4);
    assertThat(watch.stopped).containsExactly(victim.id());
    assertThat(watch.fewest).isEqualTo(3);
    assertThat(stand.story()).contains("Task Replaced", "exited with 1");
    assertThat(victim.task().stoppedReason()).startsWith("shepherd: collector exited with 1");
  }

  @Test
  void replacesAnUnhealthySidecarAtTheNextSchedule() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 4}").pass(6);
    unhealthy(stand, running(stand, "a").subList(0, 1));
    stand.pass(2);
    assertRepaired(stand, "a", 4);
  }

  /** 13,200 tasks take 264 calls; a run has 275 and keeps 25 of them. */
  @Test
  void replacesWhereNoRunCanReadAllTasks() throws IOException {
    Stand stand = Stand.fleet(Stream.of("a", "b", "c", "d")
            .map(name -> "{name: %s, pattern: sidecar, tasks: 3300}".formatted(name))
            .toArray(String[]::new))
        .pass(6);
    List<String> sick = List.of("a", "c", "d");
    sick.forEach(service -> unhealthy(stand, running(stand, service).subList(0, 2)));
    stand.pass(6);
    sick.forEach(service -> assertRepaired(stand, service, 3300));
    assertThat(stand.deadLetters()).isZero();
    assertThat(stand.simulation.face().calls()).containsEntry("ecs:StopTask", 6);
  }

  @Test
  void restartsAServiceOfOneSuccessorFirst() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 1}").pass(6);
    Watch watch = new Watch(stand, "a");
    kill(stand, running(stand, "a"));
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < 36; i++) {
      stand.simulation.runTo(stand.simulation.now().plusSeconds(5));
      fewest = Math.min(fewest, serving(stand, "a"));
    }
    assertThat(fewest).as(stand.story()).isEqualTo(1);
    assertRepaired(stand, "a", 1);
    assertThat(watch.stopped).isEmpty();
    assertThat(stand.simulation.face().calls()).containsEntry("ecs:UpdateService", 1);
  }

  @ParameterizedTest
  @MethodSource("unstoppable")
  void leavesTheOnlyTaskThatCannotBeRestarted(String service) throws IOException {
    Stand stand = Stand.fleet(service).pass(10);
    Watch watch = new Watch(stand, "a");
    kill(stand, running(stand, "a"));
    Map<String, Integer> calls = stand.callsWhile(10);
    assertThat(watch.stopped).isEmpty();
    assertThat(calls).doesNotContainKey("ecs:UpdateService");
    assertThat(stand.story()).contains("Replacement Held").contains("ALONE");
  }

  static Stream<Arguments> unstoppable() {
    return Stream.of(
        argumentSet(
            "no room for two",
            "{name: a, pattern: sidecar, tasks: 1, maximumPercent: 150, "
                + "minimumHealthyPercent: 0}"),
        argumentSet(
            "a daemon",
            "{name: a, pattern: sidecar, hosts: 1, launchType: EC2, scheduling: DAEMON}"));
  }

  @Test
  void asksAgainWhenTheRequestIsLost() throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: a, pattern: sidecar, tasks: 1}")
            + "faults: {lose: 1.0}\nsteps:\n  - {at: 8m, faults: \"off\"}\n")
        .pass(7);
    kill(stand, running(stand, "a"));
    stand.pass(4);
    assertRepaired(stand, "a", 1);
  }

  @Test
  void forcesNothingForARequestThatTheWorldDoesNotConfirm() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 1}").pass(6);
    WorldTask well = running(stand, "a").getFirst();
    for (String task : List.of(well.id(), "0".repeat(32))) {
      stand
          .simulation
          .world()
          .events()
          .publish(
              "shepherd",
              "Restart Requested",
              List.of(),
              JsonNodeFactory.instance
                  .objectNode()
                  .put("fleet", "gateway")
                  .put("cluster", "prod")
                  .put("service", "a")
                  .put("task", task)
                  .put("reason", "forged"));
    }
    assertThat(stand.callsWhile(2)).doesNotContainKey("ecs:UpdateService");
    assertThat(stand.decisions()).contains("RestartRefused");
  }

  @Test
  void holdsAStormAndThenRepairsItOneAtATime() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 20}").pass(6);
    Watch watch = new Watch(stand, "a");
    unhealthy(stand, running(stand, "a").subList(0, 12));
    stand.pass(15);
    assertThat(watch.stopped).as(stand.story()).isEmpty();
    assertThat(stand.story()).contains("Replacement Held").contains("STORM");
    stand.pass(4);
    assertThat(watch.stopped).as(stand.story()).hasSizeBetween(1, 7);
    stand.pass(20);
    assertRepaired(stand, "a", 20);
    watch.assertNoneTwice();
    assertThat(watch.stopped).hasSize(12);
    assertThat(watch.fewest).isGreaterThanOrEqualTo(18);
    stand.pass(15);
    assertThat(stand.parameter("/shepherd/collectors/gateway/replacements"))
        .doesNotContain("storm");
    assertThat(Stand.writes(stand.callsWhile(3))).isEmpty();
  }

  @Test
  void holdsWhenAWholeZoneIsDown() throws IOException {
    Stand stand =
        Stand.fleet("{name: a, pattern: sidecar, tasks: 20, zones: 5}").pass(6);
    Watch watch = new Watch(stand, "a");
    List<WorldTask> zone = running(stand, "a").stream()
        .filter(task -> task.availabilityZone().endsWith("b"))
        .toList();
    unhealthy(stand, zone);
    stand.pass(14);
    assertThat(zone).hasSize(4);
    assertThat(watch.stopped).as(stand.story()).isEmpty();
    assertThat(stand.decisions()).contains("and none elsewhere");
  }

  @Test
  void namesABadHostAndReplacesWithinTheBudget() throws IOException {
    Stand stand = Stand.fleet(
            "{name: a, pattern: sidecar, tasks: 32, launchType: EC2, hosts: 8, zones: 2}")
        .pass(8);
    String host = running(stand, "a").getFirst().task().containerInstanceArn();
    List<WorldTask> there =
        running(stand, "a").stream().filter(task -> task.isOn(host)).toList();
    unhealthy(stand, there);
    stand.pass(8);
    assertThat(there).hasSizeGreaterThanOrEqualTo(3);
    assertRepaired(stand, "a", 32);
    assertThat(stand.decisions()).contains("BAD_HOST", host.substring(host.lastIndexOf('/') + 1));
  }

  @Test
  void holdsACrashLoop() throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: a, pattern: sidecar, tasks: 2}")
            + Stand.fleetYaml("other", "{name: b, pattern: sidecar, tasks: 9}"))
        .pass(6);
    Watch watch = new Watch(stand, "a");
    Set<String> hurt = new HashSet<>();
    WorldTask spared = running(stand, "a").getLast();
    for (int minute = 0; minute < 9; minute++) {
      running(stand, "a").stream()
          .filter(task -> !task.id().equals(spared.id()) && hurt.add(task.id()))
          .forEach(task -> stand.simulation.world().ecs().kill(task, "collector", 1));
      stand.pass(1);
    }
    assertThat(watch.stopped).as(stand.story()).hasSize(3);
    assertThat(stand.story()).contains("CRASH_LOOP");
    stand.pass(12);
    assertRepaired(stand, "a", 2);
  }

  @Test
  void leavesEssentialCollectorsToEcsFirst() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 4}").pass(6);
    Watch watch = new Watch(stand, "a");
    unhealthy(stand, running(stand, "a").subList(0, 1));
    stand.pass(6);
    assertThat(watch.stopped).isEmpty();
    assertRepaired(stand, "a", 4);
  }

  @Test
  void waitsForARestartPolicy() throws IOException {
    Stand stand =
        Stand.fleet("{name: a, pattern: sidecar, tasks: 4, restartPolicy: 180}").pass(6);
    Watch watch = new Watch(stand, "a");
    unhealthy(stand, running(stand, "a").subList(0, 1));
    stand.pass(3);
    assertThat(watch.stopped).isEmpty();
    stand.pass(4);
    assertRepaired(stand, "a", 4);
  }

  @Test
  void waitsForADeploymentOfSomebodyElse() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 6}").pass(6);
    stand.put("gateway", Stand.GOOD + "# the same\n");
    stand.pass(10);
    Watch watch = new Watch(stand, "a");
    stand.ship("app:99");
    stand.simulation.runTo(stand.simulation.now().plusSeconds(5));
    kill(stand, running(stand, "a").subList(0, 1));
    stand.simulation.runTo(stand.simulation.now().plusSeconds(20));
    assertThat(watch.stopped).as(stand.story()).isEmpty();
    stand.pass(6);
    assertRepaired(stand, "a", 6);
  }

  @ParameterizedTest
  @MethodSource("managed")
  void onlyReportsWhereItMayNotAct(String service, String policy, String said) throws IOException {
    Stand stand =
        Stand.of(policy + "fleets:\n" + Stand.fleetYaml("gateway", service)).pass(6);
    Watch watch = new Watch(stand, "a");
    kill(stand, running(stand, "a").subList(0, 1));
    stand.pass(5);
    assertThat(watch.stopped).isEmpty();
    assertThat(stand.decisions()).contains(said);
  }

  static Stream<Arguments> managed() {
    return Stream.of(
        argumentSet(
            "tagged out",
            "{name: a, pattern: sidecar, tasks: 4, tags: {\"shepherd:managed\": \"false\"}}",
            "",
            "UNMANAGED"),
        argumentSet(
            "a budget of 0",
            "{name: a, pattern: sidecar, tasks: 4}",
            "policy: {maxUnavailablePercent: 0}\n",
            "REPORT_ONLY"));
  }

  @Test
  void leavesASourceThatIsNotProvenToTheRollout() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 4}").pass(6);
    stand.denials.deny((operation, request) -> operation.equals("ecs:UpdateService"));
    stand.put("gateway", Stand.BROKEN);
    stand.pass(2);
    Watch watch = new Watch(stand, "a");
    kill(stand, running(stand, "a").subList(0, 1));
    stand.pass(3);
    assertThat(watch.stopped).as(stand.story()).isEmpty();
    assertThat(stand.decisions()).contains("BY_NAME");
  }

  @Test
  void aTagOverridesTheBudget() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 20}").pass(6);
    tag(stand, "50");
    Watch watch = new Watch(stand, "a");
    unhealthy(stand, running(stand, "a").subList(0, 6));
    stand.pass(1);
    assertThat(watch.stopped).as(stand.story()).hasSize(6);
  }

  @Test
  void aTagOutOfBoundsIsAFindingAndChangesNothing() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 20}").pass(6);
    tag(stand, "51");
    Watch watch = new Watch(stand, "a");
    unhealthy(stand, running(stand, "a").subList(0, 6));
    stand.pass(1);
    assertThat(watch.stopped).as(stand.story()).hasSize(2);
    assertThat(stand.decisions()).contains("must be a whole number from 0 to 50");
  }

  private static void tag(Stand stand, String percent) {
    stand
        .simulation
        .world()
        .parameters()
        .get("/collectors/gateway")
        .tags()
        .put("shepherd:max-unavailable-percent", percent);
  }

  @ParameterizedTest
  @MethodSource("shares")
  void repairsAThousandWithinTheBudget(int percent, boolean killed, int minutes)
      throws IOException {
    Stand stand = Stand.of("policy: {stormMinutes: 5}\nfleets:\n"
            + Stand.fleetYaml("gateway", "{name: a, pattern: sidecar, tasks: 1000}"))
        .pass(6);
    Watch watch = new Watch(stand, "a");
    List<WorldTask> victims = running(stand, "a").subList(0, percent * 10);
    if (killed) {
      kill(stand, victims);
    } else {
      unhealthy(stand, victims);
    }
    stand.pass(minutes);
    assertRepaired(stand, "a", 1000);
    watch.assertNoneTwice();
    assertThat(watch.stopped).hasSize(percent * 10);
    assertThat(watch.fewest).isGreaterThanOrEqualTo(900);
  }

  static Stream<Arguments> shares() {
    return Stream.of(
        argumentSet("1% killed", 1, true, 2),
        argumentSet("10% unhealthy", 10, false, 3),
        argumentSet("20% killed: two budget steps", 20, true, 4),
        argumentSet("60% unhealthy: a storm", 60, false, 40));
  }

  @Test
  void makesNoMoreCallsThanThePagesNeed() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 1000}").pass(10);
    assertThat(pages(stand)).isLessThanOrEqualTo((int) (1.1 * (1 + 1 + 10 + 10)));
  }

  @Test
  void listsManySmallServicesTogether() throws IOException {
    String[] services = IntStream.range(0, 50)
        .mapToObj(i -> "{name: s%02d, pattern: sidecar, tasks: 20}".formatted(i))
        .toArray(String[]::new);
    Stand stand = Stand.fleet(services).pass(10);
    assertThat(pages(stand)).isLessThanOrEqualTo((int) (1.1 * (1 + 5 + 10 + 10)));
  }

  /** The calls of one quiet run of TaskReplacement alone. */
  private static int pages(Stand stand) {
    Map<String, Integer> own = new TreeMap<>();
    CallHook count = new CallHook() {
      @Override
      public void after(String operation, ObjectNode request) {
        stand
            .simulation
            .host()
            .caller()
            .filter(run -> run.function().equals("TaskReplacement"))
            .ifPresent(_ -> own.merge(operation, 1, Integer::sum));
      }
    };
    stand.simulation.face().hook(count);
    stand.pass(1);
    assertThat(own).doesNotContainKey("ssm:PutParameter");
    return own.values().stream().mapToInt(Integer::intValue).sum();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsTheSameWhateverHappensToCallsAndEvents(String faults) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml(
                "gateway",
                "{name: a, pattern: sidecar, tasks: 20}",
                "{name: b, pattern: sidecar, tasks: 1}")
            + "faults: {" + faults + "}\nsteps:\n  - {at: 30m, faults: \"off\"}\n")
        .pass(8);
    Watch watch = new Watch(stand, "a");
    kill(stand, running(stand, "a").subList(0, 4));
    kill(stand, running(stand, "b"));
    stand.pass(30);
    assertRepaired(stand, "a", 20);
    assertRepaired(stand, "b", 1);
    watch.assertNoneTwice();
    assertThat(watch.fewest).isGreaterThanOrEqualTo(18);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        argumentSet("every second event doubled", "duplicate: 0.5"),
        argumentSet("late and out of order", "reorder: 0.5, delay: 90s"),
        argumentSet("every event lost", "lose: 1.0"),
        argumentSet("every tenth call throttled", "throttle: 0.1"),
        argumentSet("every tenth call fails", "serverError: 0.1"),
        argumentSet("half of the reads are stale", "staleRead: 0.5"),
        argumentSet("every fifth page fails", "failPage: 0.2"),
        argumentSet("every fifth run is killed", "killFunction: 0.2"));
  }

  /** Repairing makes some 40 calls; killed at each of them, it stops nothing twice. */
  @ParameterizedTest
  @MethodSource("calls")
  void survivesAKillAtAnyCall(int call) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml(
                "gateway",
                "{name: a, pattern: sidecar, tasks: 20}",
                "{name: b, pattern: sidecar, tasks: 1}")
            + "steps:\n  - {at: 6m, killCall: {function: TaskReplacement, call: " + call + "}}\n")
        .pass(6);
    Watch watch = new Watch(stand, "a");
    kill(stand, running(stand, "a").subList(0, 4));
    kill(stand, running(stand, "b"));
    stand.pass(9);
    assertRepaired(stand, "a", 20);
    assertRepaired(stand, "b", 1);
    watch.assertNoneTwice();
    assertThat(watch.fewest).isGreaterThanOrEqualTo(18);
  }

  static Stream<Integer> calls() {
    return IntStream.rangeClosed(1, 40).boxed();
  }

  @Test
  void leavesBehindNothingToRemember() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: sidecar, tasks: 4}").pass(6);
    kill(stand, running(stand, "a").subList(0, 1));
    stand.pass(14);
    assertThat(Stand.writes(stand.callsWhile(3))).isEmpty();
    assertThat(stand.parameter("/shepherd/collectors/gateway/replacements"))
        .isEqualTo("{\"schema\":1,\"sick\":{},\"stopped\":{},\"loops\":{},\"asked\":{}}");
  }
}
