package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.protocol.Faults;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** A simulation with handles for tests: the real handlers, on a scenario written as YAML. */
final class Stand {
  static final String GOOD = config("4317");
  static final String BETTER = config("4318");
  static final String BROKEN = "receivers: {otlp: {}}\nexporters: {debug: {}}\n";

  static final String QUICK = "policy: {bakeMinutes: 1, probeSeconds: 20, settleSeconds: 20}\n";

  private static final Path ROOT = Path.of("..");
  private static final Instant START = Instant.parse("2026-05-11T09:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> READS = Set.of("Describe", "Get", "List");

  final Simulation simulation;
  final Faults denials = new Faults(1);

  private Stand(Scenario scenario) throws IOException {
    simulation = new Simulation(scenario, ROOT.resolve("template.yaml"), START);
    simulation.face().hook(denials);
  }

  /** A scenario of an hour; {@code yaml} is what stands below its first lines. */
  static Stand of(String yaml) throws IOException {
    return in("prod", yaml);
  }

  /** The same in these clusters, {@code a, b}. */
  static Stand in(String clusters, String yaml) throws IOException {
    String head = "seed: 1\nduration: 1h\nclusters: [" + clusters + "]\n";
    return new Stand(Scenario.parse(head + yaml, "test", ROOT));
  }

  /** A fleet of these services, each {@code {name: a, tasks: 2, …}}, that runs {@link #GOOD}. */
  static Stand fleet(String... services) throws IOException {
    return of("fleets:\n" + fleetYaml("gateway", services));
  }

  /**
   * The same with short probes, a bake of a minute and a short settling, for tests of much else.
   */
  static Stand quick(String... services) throws IOException {
    return of(QUICK + "fleets:\n" + fleetYaml("gateway", services));
  }

  static String fleetYaml(String name, String... services) {
    return "  - config: /collectors/" + name + "\n    text: |\n" + GOOD.indent(6)
        + "    services:\n"
        + List.of(services).stream()
            .map(service -> "      - " + service + "\n")
            .collect(Collectors.joining());
  }

  /** A config whose text says the port, and a password that nobody may see. */
  static String config(String port) {
    return """
        receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:%s"}}}}
        exporters: {otlp: {endpoint: "x:1", headers: {authorization: s3cr3t-word}}}
        extensions: {health_check: {}}
        service:
          extensions: [health_check]
          pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}
        """.formatted(port);
  }

  /** Lets minutes pass, each with its scheduled look; no invariant may be violated in them. */
  Stand pass(int minutes) {
    simulation.runTo(simulation.now().plus(Duration.ofMinutes(minutes)));
    assertThat(simulation.verdict().violations()).isEmpty();
    assertThat(simulation.refusals()).isEmpty();
    return this;
  }

  /** Lets time pass until fleet gateway's rollout has just come to this phase, in half an hour. */
  Stand passTo(String phase) {
    Instant end = simulation.now().plus(Duration.ofMinutes(30));
    while (!state("gateway").path("phase").asText().equals(phase)) {
      assertThat(simulation.now()).as("never in %s:\n%s", phase, decisions()).isBefore(end);
      simulation.runTo(simulation.now().plusSeconds(1));
    }
    return this;
  }

  void put(String fleet, String text) {
    simulation.world().parameters().put("/collectors/" + fleet, text);
  }

  void put(String text, String type, UnaryOperator<PutParameterRequest.Builder> more) {
    simulation
        .world()
        .parameters()
        .put(more.apply(PutParameterRequest.builder()
                .name("/collectors/gateway")
                .value(text)
                .type(type)
                .overwrite(true))
            .build());
  }

  void delete(String name) {
    simulation.world().parameters().delete(name);
  }

  /** A service of somebody else: like service a, but for its secret. */
  void foreign(String name, String valueFrom) {
    TaskDefinition like = definition("a");
    TaskDefinition registered = simulation
        .world()
        .ecs()
        .taskDefinitions()
        .register(RegisterTaskDefinitionRequest.builder()
            .family(name)
            .executionRoleArn(like.executionRoleArn())
            .containerDefinitions(like.containerDefinitions().getFirst().toBuilder()
                .secrets(Secret.builder().name("OTHER").valueFrom(valueFrom).build())
                .build())
            .build());
    simulation
        .world()
        .ecs()
        .createService(CreateServiceRequest.builder()
            .cluster("prod")
            .serviceName(name)
            .desiredCount(1)
            .launchType("FARGATE")
            .taskDefinition(registered.taskDefinitionArn())
            .build());
  }

  /** Somebody makes a service like service a, at its first revision. */
  void another(String name) {
    TaskDefinition like = definition("a");
    TaskDefinition registered = simulation
        .world()
        .ecs()
        .taskDefinitions()
        .register(RegisterTaskDefinitionRequest.builder()
            .family(name)
            .executionRoleArn(like.executionRoleArn())
            .networkMode(like.networkModeAsString())
            .cpu(like.cpu())
            .memory(like.memory())
            .requiresCompatibilities(like.requiresCompatibilities())
            .containerDefinitions(like.containerDefinitions())
            .build());
    simulation
        .world()
        .ecs()
        .createService(CreateServiceRequest.builder()
            .cluster("prod")
            .serviceName(name)
            .desiredCount(2)
            .launchType("FARGATE")
            .networkConfiguration(service("a").settings().networkConfiguration())
            .taskDefinition(registered.taskDefinitionArn())
            .build());
  }

  /** Somebody ships a release of service a: its first container gets another image. */
  void ship(String image) {
    TaskDefinition now = definition("a");
    TaskDefinition next = simulation
        .world()
        .ecs()
        .taskDefinitions()
        .register(RegisterTaskDefinitionRequest.builder()
            .family("a")
            .executionRoleArn(now.executionRoleArn())
            .networkMode(now.networkModeAsString())
            .cpu(now.cpu())
            .memory(now.memory())
            .requiresCompatibilities(now.requiresCompatibilities())
            .containerDefinitions(
                now.containerDefinitions().getFirst().toBuilder().image(image).build(),
                now.containerDefinitions().getLast())
            .build());
    simulation
        .world()
        .ecs()
        .updateService(UpdateServiceRequest.builder()
            .cluster("prod")
            .service("a")
            .taskDefinition(next.taskDefinitionArn())
            .build());
  }

  /** Changes each service in what DescribeServices answers. */
  void services(BiConsumer<String, ObjectNode> change) {
    simulation.face().rewrite((operation, answer) -> {
      if (operation.equals("ecs:DescribeServices")) {
        answer
            .path("services")
            .forEach(service ->
                change.accept(service.path("serviceName").asText(), (ObjectNode) service));
      }
      return answer;
    });
  }

  int deadLetters() {
    return simulation.host().queue("ConfigRolloutDeadLetters").size();
  }

  String parameter(String name) {
    return simulation.world().parameters().get(name).latest().text();
  }

  boolean has(String name) {
    return simulation.world().parameters().find(name).isPresent();
  }

  JsonNode state(String fleet) {
    try {
      return JSON.readTree(parameter("/shepherd/collectors/" + fleet + "/state"));
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  WorldService service(String name) {
    return simulation.world().ecs().cluster("prod").services().values().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  TaskDefinition definition(String service) {
    return simulation
        .world()
        .ecs()
        .taskDefinitions()
        .find(service(service).service().taskDefinition())
        .orElseThrow();
  }

  /** The texts that the running tasks of a service read when they started. */
  Set<String> textsRead(String service) {
    return service(service).tasks().values().stream()
        .filter(WorldTask::isRunning)
        .flatMap(task -> task.secrets().values().stream())
        .flatMap(secrets -> secrets.values().stream())
        .collect(Collectors.toSet());
  }

  /** The calls that the functions make while these minutes pass. */
  SortedMap<String, Integer> callsWhile(int minutes) {
    SortedMap<String, Integer> before = new TreeMap<>(simulation.face().calls());
    pass(minutes);
    SortedMap<String, Integer> made = new TreeMap<>();
    simulation.face().calls().forEach((operation, count) -> {
      int more = count - before.getOrDefault(operation, 0);
      if (more > 0) {
        made.put(operation, more);
      }
    });
    return made;
  }

  /** The calls that one function makes while these minutes pass. */
  SortedMap<String, Integer> callsOf(String function, int minutes) {
    SortedMap<String, Integer> made = new TreeMap<>();
    simulation.face().hook(new CallHook() {
      @Override
      public void before(String operation, ObjectNode request) {
        simulation
            .host()
            .caller()
            .filter(caller -> caller.function().equals(function))
            .ifPresent(_ -> made.merge(operation, 1, Integer::sum));
      }
    });
    pass(minutes);
    return new TreeMap<>(made);
  }

  static Map<String, Integer> writes(Map<String, Integer> calls) {
    return calls.entrySet().stream()
        .filter(call -> READS.stream().noneMatch(read -> call.getKey().contains(":" + read)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** What the functions decided and why, one line each. */
  String decisions() {
    return simulation.report().timeline().stream()
        .filter(entry -> entry.kind() == TimelineEntry.Kind.DECISION)
        .map(entry -> entry.subject() + " " + entry.text() + ": " + entry.reason())
        .collect(Collectors.joining("\n"));
  }

  /** All that happened, for the message of a test that fails. */
  String story() {
    return simulation.report().timeline().stream()
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }

  String everythingTold() {
    return simulation.report().toJson().toString() + decisions();
  }
}
