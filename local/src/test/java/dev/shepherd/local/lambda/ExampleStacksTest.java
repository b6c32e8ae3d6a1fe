package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.iam.Gate;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The task definitions of examples/cloudformation, rolled by the real handlers. */
final class ExampleStacksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROLES = "arn:aws:iam::" + Arns.ACCOUNT + ":role/";
  private static final Pattern ROLE = Pattern.compile("(\\w+Role)\\.Arn");

  private final World world = new World(1, Instant.parse("2026-05-11T09:00:00Z"));
  private final AwsFace face = new AwsFace(world);
  private final List<Invocation> invocations = new ArrayList<>();

  static Stream<Arguments> stacks() {
    return Stream.of(
        argumentSet("service pattern", "service", "gateway"),
        argumentSet("sidecar pattern", "sidecar", "sidecar"));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void isRolledAndThenFollowsWhatIsLive(String stack, String fleet) throws IOException {
    String config = "/collectors/" + fleet;
    String first = Files.readString(Project.ROOT.resolve("examples/otlp-xray.yaml"));
    String second = first.replace("timeout: 1s", "timeout: 3s");
    world.ecs().createCluster("default");
    world.parameters().put(config, first);
    createService(stack, definition(stack, "source"));
    Gate gate = run();
    world.clock().pass(Duration.ofMinutes(5));
    world.parameters().put(config, second);
    world.clock().pass(Duration.ofMinutes(90));

    assertThat(textsRead()).as(told()).containsExactly(second);
    String live =
        world.parameters().get("/shepherd" + config + "/live").latest().text();
    assertThat(world.parameters().get(live).latest().text()).isEqualTo(second);

    // The stack is updated from the same template, which now follows live.
    updateService(stack, definition(stack, "live"));
    world.clock().pass(Duration.ofMinutes(30));
    assertThat(textsRead()).containsExactly(second);
    assertThat(taskDefinitionOfTheService()).endsWith(ours(stack));
    assertThat(gate.refusals()).as("what Shepherd's roles did not allow").isEmpty();
  }

  /** Whose revision runs in the end: that of the stack, which Shepherd has nothing to add to. */
  private String ours(String stack) throws IOException {
    JsonNode newest = call(
        "AmazonEC2ContainerServiceV20141113.ListTaskDefinitions",
        JSON.createObjectNode().put("familyPrefix", family(stack)));
    return newest
        .path("taskDefinitionArns")
        .path(newest.path("taskDefinitionArns").size() - 1)
        .asText();
  }

  /** With the roles that the stack's output names given to Shepherd's. */
  private Gate run() {
    SplittableRandom random = new SplittableRandom(1);
    Handlers handlers = Handlers.real(
        new InProcessHttpClient(face, world.clock()),
        VirtualRetries.on(world.clock(), random.split()),
        world.clock());
    Template template =
        Project.template(Map.of("TaskRoleArns", ROLES + "ExecutionRole," + ROLES + "TaskRole"));
    FunctionHost host = new FunctionHost(
        template, world.clock(), world.events(), handlers, random, invocations::add);
    Gate gate = new Gate(world, template.roles(), () -> host.caller().map(Caller::function));
    face.hook(gate);
    return gate;
  }

  /** The stack's task definition, registered as CloudFormation would. */
  private String definition(String stack, String follow) throws IOException {
    JsonNode template = TemplateYaml.parse(
        Files.readString(Project.ROOT.resolve("examples/cloudformation/" + stack + ".yaml")));
    JsonNode properties = Intrinsics.of(template, Map.of("Follow", follow))
        .resolve(template.at("/Resources/TaskDefinition/Properties"));
    JsonNode answer = call("AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition", (ObjectNode)
        likeTheApi(properties));
    return answer.at("/taskDefinition/taskDefinitionArn").asText();
  }

  private String family(String stack) {
    return stack.equals("service") ? "gateway" : "checkout";
  }

  /** {@code ContainerDefinitions} is {@code containerDefinitions}; options keep their names. */
  private JsonNode likeTheApi(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode api = JSON.createObjectNode();
        object.properties().forEach(e -> {
          String name = e.getKey();
          api.set(
              name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
              likeTheApi(e.getValue()));
        });
        yield api;
      }
      case ArrayNode array -> {
        ArrayNode api = JSON.createArrayNode();
        array.forEach(item -> api.add(likeTheApi(item)));
        yield api;
      }
      default -> value.isTextual() ? JSON.getNodeFactory().textNode(given(value.asText())) : value;
    };
  }

  /** What CloudFormation would put in place: a role's ARN, a parameter's value. */
  private String given(String text) {
    if (text.startsWith("{{resolve:ssm:")) {
      String name = text.substring("{{resolve:ssm:".length(), text.length() - 2);
      return world.parameters().get(name).latest().text();
    }
    return ROLE.matcher(text).replaceAll(ROLES + "$1");
  }

  private void createService(String stack, String definition) throws IOException {
    ObjectNode service = JSON.createObjectNode()
        .put("cluster", "default")
        .put("serviceName", stack)
        .put("taskDefinition", definition)
        .put("desiredCount", 3)
        .put("launchType", "FARGATE");
    service
        .putObject("networkConfiguration")
        .putObject("awsvpcConfiguration")
        .putArray("subnets")
        .add("subnet-0000000000000000a");
    call("AmazonEC2ContainerServiceV20141113.CreateService", service);
  }

  private void updateService(String stack, String definition) throws IOException {
    call(
        "AmazonEC2ContainerServiceV20141113.UpdateService",
        JSON.createObjectNode()
            .put("cluster", "default")
            .put("service", stack)
            .put("taskDefinition", definition));
  }

  private JsonNode call(String target, ObjectNode body) {
    AwsFace.Answer answer = face.call(target, body.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  private Set<String> textsRead() {
    return world.ecs().cluster("default").services().values().stream()
        .flatMap(service -> service.tasks().values().stream())
        .filter(WorldTask::isRunning)
        .flatMap(task -> task.secrets().values().stream())
        .flatMap(secrets -> secrets.values().stream())
        .collect(Collectors.toSet());
  }

  private String taskDefinitionOfTheService() {
    return world
        .ecs()
        .cluster("default")
        .services()
        .values()
        .iterator()
        .next()
        .service()
        .taskDefinition();
  }

  private String told() {
    return invocations.stream()
        .flatMap(run -> run.log().stream())
        .filter(line -> line.startsWith("{\"time\""))
        .distinct()
        .collect(Collectors.joining("\n"));
  }
}
