package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shepherd.local.lambda.FunctionHost;
import dev.shepherd.local.lambda.Handlers;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.lambda.Template;
import dev.shepherd.local.lambda.VirtualRetries;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.CloudMapService;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;

/** The real handler against the local world: what becomes of Shepherd's canary tasks. */
class RegistrationSyncTest {
  private static final String HASH = "0123456789ab";

  /** A gateway service of so many tasks that runs {@code GOOD}, beside canaries of the test's. */
  private static Stand gateway(int tasks) throws IOException {
    return Stand.fleet("{name: gateway, pattern: service, tasks: " + tasks + "}")
        .pass(6);
  }

  private static List<WorldTask> canaries(Stand stand, int count) {
    return canaries(stand, count, "gateway");
  }

  private static List<WorldTask> canaries(Stand stand, int count, String service) {
    TaskDefinition like = stand.definition("gateway");
    TaskDefinition canary = stand
        .simulation
        .world()
        .ecs()
        .taskDefinitions()
        .register(RegisterTaskDefinitionRequest.builder()
            .family("gateway-shepherd-canary")
            .containerDefinitions(like.containerDefinitions())
            .networkMode(like.networkMode())
            .requiresCompatibilities(like.requiresCompatibilities())
            .cpu(like.cpu())
            .memory(like.memory())
            .executionRoleArn(like.executionRoleArn())
            .build());
    return stand
        .simulation
        .world()
        .ecs()
        .runTasks(RunTaskRequest.builder()
            .cluster("prod")
            .taskDefinition(canary.taskDefinitionArn())
            .count(count)
            .launchType("FARGATE")
            .startedBy("shepherd-canary")
            .networkConfiguration(network -> network.awsvpcConfiguration(vpc ->
                vpc.subnets("subnet-0000000000000000a").securityGroups("sg-0a1b2c3d4e5f60718")))
            .tags(
                tag("shepherd:fleet", "gateway"),
                tag("shepherd:service", service),
                tag("shepherd:config", HASH))
            .build());
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static CloudMapService cloudMap(Stand stand) {
    return stand.simulation.world().cloudMap().services().values().iterator().next();
  }

  private static Map<String, CloudMapInstance> instances(Stand stand) {
    return new TreeMap<>(cloudMap(stand).instances());
  }

  private static CloudMapInstance instance(Stand stand, String id) {
    return Optional.ofNullable(instances(stand).get(id)).orElseThrow();
  }

  private static void drain(Stand stand, List<WorldTask> tasks) {
    tasks.forEach(task -> stand
        .simulation
        .world()
        .ecs()
        .tags()
        .add(task.arn(), List.of(tag("shepherd:drain", "true"))));
    stand
        .simulation
        .world()
        .events()
        .publish(
            "shepherd",
            "Drain Requested",
            List.of(),
            JsonNodeFactory.instance
                .objectNode()
                .put("fleet", "gateway")
                .put("cluster", "prod")
                .put("service", "gateway"));
  }

  @Test
  void registersACanaryAsSoonAsItRuns() throws IOException {
    Stand stand = gateway(3);
    WorldTask canary = canaries(stand, 1).getFirst();
    stand.pass(2);
    assertThat(instances(stand)).as(stand.story()).hasSize(4).containsKey(canary.id());
    assertThat(instance(stand, canary.id()).attributes())
        .containsEntry("AWS_INSTANCE_IPV4", canary.address())
        .containsEntry("AVAILABILITY_ZONE", canary.availabilityZone())
        .containsEntry("REGION", "eu-west-1")
        .containsEntry("ECS_CLUSTER_NAME", "prod")
        .containsEntry("ECS_TASK_DEFINITION_FAMILY", "gateway-shepherd-canary")
        .containsEntry("SHEPHERD_FLEET", "gateway")
        .containsEntry("SHEPHERD_CONFIG", HASH)
        .doesNotContainKey("ECS_SERVICE_NAME");
    assertThat(stand.story()).contains("Registrations Repaired");
  }

  @Test
  void saysThatACanaryIsHealthyOnceItsChecksHavePassed() throws IOException {
    Stand stand = gateway(2);
    WorldTask canary = canaries(stand, 1).getFirst();
    stand.pass(7);
    assertThat(instance(stand, canary.id()).health()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void drainsATaggedCanaryAtOnceAndKeepsItOut() throws IOException {
    Stand stand = gateway(3);
    List<WorldTask> canary = canaries(stand, 1);
    stand.pass(6);
    drain(stand, canary);
    stand.pass(1);
    assertThat(canary.getFirst().isServing()).isTrue();
    assertThat(instances(stand)).as(stand.story()).hasSize(3);
    stand.pass(15);
    assertThat(instances(stand)).hasSize(3);
  }

  @Test
  void takesOutNoMoreThanTheLimitInOneRun() throws IOException {
    Stand stand = gateway(12);
    List<WorldTask> canaries = canaries(stand, 4);
    stand.pass(6);
    drain(stand, canaries);
    stand.pass(1);
    assertThat(instances(stand)).as("3 of 16 are 20 percent").hasSize(13);
    assertThat(stand.decisions()).contains("TOO_MANY");
    stand.pass(6);
    assertThat(instances(stand)).hasSize(12);
  }

  @Test
  void takesOutACanaryThatStops() throws IOException {
    Stand stand = gateway(3);
    WorldTask canary = canaries(stand, 1).getFirst();
    stand.pass(6);
    stand.simulation.world().ecs().stopTask(canary, "test");
    stand.pass(1);
    assertThat(instances(stand)).hasSize(3).doesNotContainKey(canary.id());
  }

  @Test
  void takesOutAnUnhealthyCanaryAtTheNextSchedule() throws IOException {
    Stand stand = gateway(3);
    WorldTask canary = canaries(stand, 1).getFirst();
    stand.pass(6);
    stand
        .simulation
        .world()
        .ecs()
        .health(
            canary,
            Blueprint.COLLECTOR,
            software.amazon.awssdk.services.ecs.model.HealthStatus.UNHEALTHY);
    stand.pass(6);
    assertThat(instances(stand)).as(stand.story()).hasSize(3);
  }

  @Test
  void neverTouchesWhatIsNotItsOwn() throws IOException {
    Stand stand = gateway(2);
    WorldTask canary = canaries(stand, 1).getFirst();
    String registry = cloudMap(stand).id();
    String gone = "0".repeat(32);
    Map<String, Map<String, String>> foreign = Map.of(
        "foreign-1",
        Map.of("AWS_INSTANCE_IPV4", "10.1.0.1"),
        "foreign-2",
        Map.of(
            "AWS_INSTANCE_IPV4", "10.1.0.2",
            "SHEPHERD_FLEET", "gateway",
            "SHEPHERD_CONFIG", HASH,
            "ECS_CLUSTER_NAME", "prod"),
        gone,
        Map.of("AWS_INSTANCE_IPV4", "10.1.0.3", "ECS_SERVICE_NAME", "gateway"),
        canary.id(),
        Map.of("AWS_INSTANCE_IPV4", "10.1.0.4"));
    foreign.forEach(
        (id, attributes) -> stand.simulation.world().cloudMap().register(registry, id, attributes));
    assertThat(Stand.writes(stand.callsWhile(16)))
        .doesNotContainKeys(
            "servicediscovery:RegisterInstance", "servicediscovery:DeregisterInstance");
    foreign.forEach(
        (id, attributes) -> assertThat(instance(stand, id).attributes()).isEqualTo(attributes));
  }

  @Test
  void putsRightWhatSomebodyChangedOnItsOwn() throws IOException {
    Stand stand = gateway(2);
    WorldTask canary = canaries(stand, 1).getFirst();
    stand.pass(6);
    Map<String, String> right = instance(stand, canary.id()).attributes();
    Map<String, String> wrong = new TreeMap<>(right);
    wrong.put("AWS_INSTANCE_IPV4", "10.9.9.9");
    stand.simulation.world().cloudMap().register(cloudMap(stand).id(), canary.id(), wrong);
    stand.pass(6);
    assertThat(instance(stand, canary.id()).attributes())
        .containsEntry("AWS_INSTANCE_IPV4", right.get("AWS_INSTANCE_IPV4"));
    assertThat(stand.decisions()).contains("AWS_INSTANCE_IPV4");
  }

  @Test
  void doesNothingWhenThePageThatFollowsCannotBeRead() throws IOException {
    Stand stand = gateway(3);
    WorldTask canary = canaries(stand, 1).getFirst();
    stand.pass(6);
    for (int i = 0; i < 100; i++) {
      stand
          .simulation
          .world()
          .cloudMap()
          .register(cloudMap(stand).id(), "foreign-" + i, Map.of("AWS_INSTANCE_IPV4", "10.1.0.1"));
    }
    stand.denials.deny((operation, request) ->
        operation.equals("servicediscovery:ListInstances") && request.has("NextToken"));
    drain(stand, List.of(canary));
    assertThat(Stand.writes(stand.callsWhile(8))).containsOnlyKeys("events:PutEvents");
    assertThat(instances(stand)).hasSize(104);
    assertThat(stand.decisions()).contains("PARTIAL");
    stand.denials.deny((operation, request) -> false);
    stand.pass(6);
    assertThat(instances(stand)).hasSize(103);
  }

  @Test
  void makesNoMoreCallsThanThePagesNeedAndWritesNothing() throws IOException {
    Stand stand = gateway(3);
    canaries(stand, 2);
    stand.pass(14);
    // The formula of RegistrationObserver, C = 1, S = 1, R = 1, I = 5, N = 1, T = 5, K = 2; all of
    // the cluster's tasks are one page.
    assertThat(stand.callsOf("RegistrationSync", 5))
        .isEqualTo(Map.of(
            "ecs:ListServices", 1,
            "ecs:DescribeServices", 1,
            "ecs:ListTasks", 1,
            "ecs:DescribeTasks", 1,
            "servicediscovery:ListInstances", 1,
            "servicediscovery:GetInstancesHealthStatus", 1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsTheSameWhateverHappensToCallsAndEvents(String faults) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: gateway, pattern: service, tasks: 3}")
            + "faults: {" + faults + "}\nsteps:\n  - {at: 40m, faults: \"off\"}\n")
        .pass(6);
    List<WorldTask> canaries = canaries(stand, 2);
    stand.pass(15);
    assertThat(instances(stand)).as(stand.story()).hasSize(5);
    drain(stand, canaries);
    stand.pass(30);
    assertThat(instances(stand)).as(stand.story()).hasSize(3);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        argumentSet("every second event doubled", "duplicate: 0.5"),
        argumentSet("late and out of order", "reorder: 0.5, delay: 90s"),
        argumentSet("every event lost but the schedule's", "lose: 0.9"),
        argumentSet("every tenth call throttled", "throttle: 0.1"),
        argumentSet("every tenth call fails", "serverError: 0.1"));
  }

  /** The runs of two canaries make some 30 calls; killed at each of them, it ends the same. */
  @ParameterizedTest
  @MethodSource("calls")
  void survivesAKillAtAnyCall(int call) throws IOException {
    Stand stand = Stand.of("fleets:\n"
            + Stand.fleetYaml("gateway", "{name: gateway, pattern: service, tasks: 3}")
            + "steps:\n  - {at: 6m, killCall: {function: RegistrationSync, call: " + call + "}}\n")
        .pass(6);
    List<WorldTask> canaries = canaries(stand, 2);
    stand.pass(6);
    assertThat(instances(stand)).as(stand.story()).hasSize(5);
    drain(stand, canaries);
    stand.pass(11);
    assertThat(instances(stand)).as(stand.story()).hasSize(3);
  }

  static Stream<Integer> calls() {
    return IntStream.rangeClosed(1, 40).boxed();
  }

  @Test
  void leavesACanaryOfAServiceThatRegistersNowhere() throws IOException {
    Stand stand = gateway(2);
    canaries(stand, 1, "another");
    stand.pass(10);
    assertThat(instances(stand)).hasSize(2);
  }

  /** A second stack beside the one of the simulation, which may not do anything here. */
  @Test
  void onlyReportsInADryRun() throws IOException {
    Stand stand = gateway(2);
    stand.denials.deny((operation, request) -> true);
    World world = stand.simulation.world();
    AwsFace face = new AwsFace(world);
    List<Invocation> runs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    new FunctionHost(
        Template.read(Path.of("..", "template.yaml"), Map.of("Clusters", "prod", "DryRun", "true")),
        world.clock(),
        world.events(),
        Handlers.real(
            new InProcessHttpClient(face, world.clock()),
            VirtualRetries.on(world.clock(), random),
            world.clock()),
        random,
        runs::add);
    canaries(stand, 1);
    stand.pass(6);
    assertThat(Stand.writes(face.calls())).isEmpty();
    assertThat(runs).extracting(Invocation::answer).anyMatch(answer -> answer.contains("Register"));
  }
}
