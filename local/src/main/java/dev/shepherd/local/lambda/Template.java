package dev.shepherd.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.iam.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code template.yaml} deploys, as far as the local host needs it, with the stack's
 * parameters filled in. The deployed and the local Shepherd thus have the same functions, queues
 * and rules.
 */
// Over 200 lines: the only place that knows the template's shape.
public final class Template {
  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  private final JsonNode root;
  private final Intrinsics intrinsics;

  /**
   * A Lambda function.
   *
   * @param id its logical id, {@code ConfigRolloutFunction}
   * @param handler its handler's class name
   * @param queue logical id of the queue that feeds it; empty where only a caller starts it
   * @param batchSize messages of one invocation, at most
   */
  public record Function(
      String id,
      String handler,
      Duration timeout,
      int memoryMegabytes,
      Map<String, String> environment,
      String queue,
      int batchSize) {
    public Function {
      environment = Map.copyOf(environment);
    }

    /** The id without {@code Function}: {@code ConfigRollout}, as reports name it. */
    public String name() {
      return id.replaceFirst("Function$", "");
    }

    /** The same with these variables, which come before its own. */
    public Function with(Map<String, String> variables) {
      Map<String, String> all = new HashMap<>(environment);
      all.putAll(variables);
      return new Function(id, handler, timeout, memoryMegabytes, all, queue, batchSize);
    }

    /** Whether messages start it. */
    public boolean hasQueue() {
      return !queue.isEmpty();
    }
  }

  /**
   * A FIFO queue.
   *
   * @param visibility how long a received message stays hidden
   * @param redrive where a message goes that was received too often; empty for none
   */
  public record Queue(
      String id,
      boolean contentBasedDeduplication,
      Duration visibility,
      Optional<Redrive> redrive) {}

  /** After {@code maxReceiveCount} receives a message moves to the queue of this logical id. */
  public record Redrive(String deadLetters, int maxReceiveCount) {}

  /** A rule that sends to a queue, in one message group: by pattern (JSON text) or by schedule. */
  public record Rule(
      String id, Optional<String> pattern, Optional<Duration> rate, String queue, String group) {}

  private Template(JsonNode root, Map<String, String> overrides) {
    this.root = root;
    this.intrinsics = Intrinsics.of(root, overrides);
  }

  /**
   * Reads it.
   *
   * @param overrides parameter values by name; a list's are comma separated. The others have their
   *     defaults.
   */
  public static Template read(Path file, Map<String, String> overrides) throws IOException {
    return parse(Files.readString(file), overrides);
  }

  /** As {@link #read}, of a text. */
  public static Template parse(String text, Map<String, String> overrides) {
    return new Template(TemplateYaml.parse(text), overrides);
  }

  /**
   * The names of the parameters that a template file has.
   *
   * @throws IOException when the file cannot be read
   */
  public static Set<String> parameterNames(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    TemplateYaml.parse(Files.readString(file))
        .path("Parameters")
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }

  /** Its functions, in the order of their ids. */
  public List<Function> functions() {
    return resources("AWS::Serverless::Function").entrySet().stream()
        .map(e -> function(e.getKey(), e.getValue()))
        .toList();
  }

  /** The function of this {@link Function#name name}; throws where there is none. */
  public Function function(String name) {
    return functions().stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the template has no function " + name));
  }

  private Function function(String id, JsonNode own) {
    JsonNode globals = intrinsics.resolve(root.path("Globals").path("Function"));
    Map<String, String> environment = new HashMap<>();
    own.path("Environment")
        .path("Variables")
        .properties()
        .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
    JsonNode source = own.path("Events").path("Queue").path("Properties");
    return new Function(
        id,
        own.path("Handler").asText().split("::", 2)[0],
        Duration.ofSeconds(either("Timeout", own, globals).asLong()),
        either("MemorySize", own, globals).asInt(),
        environment,
        idOf(source.path("Queue")),
        source.path("BatchSize").asInt());
  }

  private static JsonNode either(String key, JsonNode own, JsonNode globals) {
    return own.has(key) ? own.get(key) : globals.path(key);
  }

  /** Its queues, in the order of their ids. */
  public List<Queue> queues() {
    return resources("AWS::SQS::Queue").entrySet().stream()
        .map(e -> queue(e.getKey(), e.getValue()))
        .toList();
  }

  private static Queue queue(String id, JsonNode own) {
    JsonNode redrive = own.path("RedrivePolicy");
    return new Queue(
        id,
        own.path("ContentBasedDeduplication").asBoolean(),
        Duration.ofSeconds(own.path("VisibilityTimeout").asLong(30)),
        redrive.isMissingNode()
            ? Optional.empty()
            : Optional.of(new Redrive(
                idOf(redrive.path("deadLetterTargetArn")),
                redrive.path("maxReceiveCount").asInt())));
  }

  /** Its rules, one entry for each target that is a queue, in the order of their ids. */
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    resources("AWS::Events::Rule")
        .forEach((id, own) -> own.path("Targets").forEach(target -> {
          if (target.has("SqsParameters")) {
            rules.add(rule(id, own, target));
          }
        }));
    return rules;
  }

  private static Rule rule(String id, JsonNode own, JsonNode target) {
    return new Rule(
        id,
        Optional.ofNullable(own.get("EventPattern")).map(JsonNode::toString),
        Optional.ofNullable(own.get("ScheduleExpression")).map(e -> rate(e.asText())),
        idOf(target.path("Arn")),
        target.path("SqsParameters").path("MessageGroupId").asText());
  }

  private static Duration rate(String expression) {
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new IllegalArgumentException("no schedule that the local host knows: " + expression);
    }
    long count = Long.parseLong(rate.group(1));
    return switch (rate.group(2)) {
      case "minute" -> Duration.ofMinutes(count);
      case "hour" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** The IAM actions that the role of this function allows. */
  public Set<String> actions(Function function) {
    JsonNode role = intrinsics.resolve(root.at("/Resources/" + function.id() + "/Properties/Role"));
    Set<String> actions = new TreeSet<>();
    JsonNode policies = root.at("/Resources/" + idOf(role) + "/Properties/Policies");
    // Conditional statements count too: a parameter's default must not hide an action.
    policies.findValues("Action").forEach(action -> {
      if (action.isArray()) {
        action.forEach(one -> actions.add(one.asText()));
      } else {
        actions.add(action.asText());
      }
    });
    return actions;
  }

  /** What the role of this function allows, the parameters filled in. */
  public Policies policies(Function function) {
    JsonNode role = intrinsics.resolve(root.at("/Resources/" + function.id() + "/Properties/Role"));
    return Policies.read(
        intrinsics.resolve(root.at("/Resources/" + idOf(role) + "/Properties/Policies")));
  }

  /** {@link #policies} of every function that has a role, by the function's name. */
  public Map<String, Policies> roles() {
    Map<String, Policies> roles = new TreeMap<>();
    functions().stream()
        .filter(
            function -> root.at("/Resources/" + function.id() + "/Properties").has("Role"))
        .forEach(function -> roles.put(function.name(), policies(function)));
    return roles;
  }

  private Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    root.path("Resources").properties().forEach(e -> {
      if (e.getValue().path("Type").asText().equals(type)) {
        found.put(e.getKey(), intrinsics.resolve(e.getValue().path("Properties")));
      }
    });
    return found;
  }

  /** The logical id of what {@code Fn::GetAtt Id.Arn} resolved to. */
  private static String idOf(JsonNode arn) {
    return arn.asText().replaceFirst("\\.Arn$", "");
  }
}
