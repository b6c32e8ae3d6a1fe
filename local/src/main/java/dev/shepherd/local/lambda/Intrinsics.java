package dev.shepherd.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.Arns;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Resolves the intrinsic functions that the template uses, with values for its parameters. A
 * resource's {@code Ref} is its logical id, its {@code Fn::GetAtt} {@code Id.Attribute}: ids are
 * all that the local host needs. An unknown function is refused by name.
 */
final class Intrinsics {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}]+)}");
  private static final Map<String, String> PSEUDO =
      Map.of("AWS::Partition", "aws", "AWS::Region", Arns.REGION, "AWS::AccountId", Arns.ACCOUNT);

  private final Map<String, JsonNode> parameters;
  private final JsonNode conditions;

  private Intrinsics(Map<String, JsonNode> parameters, JsonNode conditions) {
    this.parameters = Map.copyOf(parameters);
    this.conditions = conditions;
  }

  /** For this template; a parameter that is not overridden has its default. */
  static Intrinsics of(JsonNode template, Map<String, String> overrides) {
    return new Intrinsics(parameters(template, overrides), template.path("Conditions"));
  }

  private static Map<String, JsonNode> parameters(JsonNode root, Map<String, String> overrides) {
    Map<String, JsonNode> values = new HashMap<>();
    root.path("Parameters").properties().forEach(e -> {
      String text =
          overrides.getOrDefault(e.getKey(), e.getValue().path("Default").asText());
      boolean list = e.getValue().path("Type").asText().equals("CommaDelimitedList");
      values.put(e.getKey(), list ? list(text) : JSON.textNode(text));
    });
    overrides.keySet().stream().filter(name -> !values.containsKey(name)).forEach(name -> {
      throw new IllegalArgumentException("the template has no parameter " + name);
    });
    return values;
  }

  private static ArrayNode list(String text) {
    ArrayNode items = JSON.arrayNode();
    for (String item : text.split(",", -1)) {
      items.add(item.strip());
    }
    return items;
  }

  /** The value without functions; what resolves to {@code AWS::NoValue} is left out. */
  JsonNode resolve(JsonNode value) {
    return find(value).orElseThrow(() -> new IllegalArgumentException("no value: " + value));
  }

  private Optional<JsonNode> find(JsonNode value) {
    return switch (value) {
      case ObjectNode object
      when isFunction(object) -> {
        var call = object.properties().iterator().next();
        yield call(call.getKey(), call.getValue());
      }
      case ObjectNode object -> {
        ObjectNode resolved = JSON.objectNode();
        object
            .properties()
            .forEach(e -> find(e.getValue()).ifPresent(v -> resolved.set(e.getKey(), v)));
        yield Optional.of(resolved);
      }
      case ArrayNode array -> {
        ArrayNode resolved = JSON.arrayNode();
        array.forEach(item -> find(item).ifPresent(resolved::add));
        yield Optional.of(resolved);
      }
      default -> Optional.of(value);
    };
  }

  private static boolean isFunction(ObjectNode object) {
    String name = object.size() == 1 ? object.fieldNames().next() : "";
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private Optional<JsonNode> call(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" -> reference(argument.textValue());
      case "Fn::GetAtt" -> text(argument.get(0).asText() + "." + argument.get(1).asText());
      case "Fn::Sub" -> text(substitute(argument.textValue()));
      case "Fn::Join" -> text(join(argument.get(0).asText(), resolve(argument.get(1))));
      case "Fn::Split" -> Optional.of(split(argument.get(0).asText(), resolve(argument.get(1))));
      case "Fn::If" -> find(argument.get(isTrue(argument.get(0).asText()) ? 1 : 2));
      default ->
        throw new IllegalArgumentException("the template uses " + function
            + ", which the local host does not know yet: teach it in "
            + Intrinsics.class.getName());
    };
  }

  private Optional<JsonNode> reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return Optional.empty();
    }
    JsonNode parameter = parameters.get(name);
    return parameter == null ? text(PSEUDO.getOrDefault(name, name)) : Optional.of(parameter);
  }

  private String substitute(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(reference(found.group(1)).orElseThrow().asText()));
  }

  private static String join(String separator, JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(separator));
  }

  private static JsonNode split(String separator, JsonNode text) {
    ArrayNode parts = JSON.arrayNode();
    for (String part : text.asText().split(Pattern.quote(separator), -1)) {
      parts.add(part);
    }
    return parts;
  }

  private boolean isTrue(String condition) {
    return holds(conditions.path(condition));
  }

  private boolean holds(JsonNode condition) {
    if (condition.has("Fn::Not")) {
      return !holds(condition.get("Fn::Not").get(0));
    }
    JsonNode sides = condition.path("Fn::Equals");
    if (sides.size() != 2) {
      throw new IllegalArgumentException("unknown condition " + condition);
    }
    return resolve(sides.get(0)).asText().equals(resolve(sides.get(1)).asText());
  }

  private static Optional<JsonNode> text(String value) {
    return Optional.of(JSON.textNode(value));
  }
}
