package dev.shepherd.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.TaskFacts.Container;
import dev.shepherd.shared.config.TaskFacts.Parameter;
import dev.shepherd.shared.config.TaskFacts.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A task definition as {@code aws ecs describe-task-definition} prints it, or its inner object. */
final class TaskDefinitionFile {
  private static final String CONFIG_VARIABLE = "AOT_CONFIG_CONTENT";

  private final JsonNode document;
  private final JsonNode definition;
  private final List<Container> containers = new ArrayList<>();

  TaskDefinitionFile(JsonNode document, String file) {
    this.document = document;
    this.definition = document.has("taskDefinition") ? document.get("taskDefinition") : document;
    definition.path("containerDefinitions").forEach(node -> containers.add(container(node)));
    if (containers.isEmpty()) {
      throw new UsageException(file
          + " has no containerDefinitions: give the output of aws ecs describe-task-definition");
    }
  }

  /**
   * What the validator needs; the collector is the container of this name, or the one that takes a
   * config.
   */
  TaskFacts facts(Optional<String> name) {
    Set<String> collectors = containers.stream()
        .filter(TaskDefinitionFile::takesConfig)
        .map(Container::name)
        .collect(Collectors.toSet());
    String collector = name.orElseGet(() -> only(collectors));
    if (containers.stream().noneMatch(container -> container.name().equals(collector))) {
      throw new UsageException("--container: the task has no container "
          + collector
          + ", but "
          + containers.stream().map(Container::name).collect(Collectors.joining(", ")));
    }
    collectors.add(collector);
    return new TaskFacts(
        containers,
        collector,
        collectors,
        number(definition.path("memory")),
        definition.path("networkMode").asText(""),
        containers.stream()
            .filter(container -> container.name().equals(collector))
            .flatMap(container -> container.secrets().entrySet().stream())
            .filter(secret -> secret.getKey().equals(CONFIG_VARIABLE))
            .map(secret -> new Parameter(secret.getValue(), Optional.empty()))
            .findFirst());
  }

  /** The collector's image, by the tag that Shepherd keeps where it writes a digest. */
  Optional<String> image(TaskFacts task) {
    for (JsonNode tag : document.path("tags")) {
      if (tag.path("key").asText().equals("shepherd:image")) {
        String image = task.collector().image();
        String repository = image.substring(0, Math.max(0, image.indexOf('@')));
        return Optional.of(repository + ":" + tag.path("value").asText());
      }
    }
    return Optional.of(task.collector().image()).filter(image -> !image.isEmpty());
  }

  private String only(Set<String> collectors) {
    if (collectors.size() == 1) {
      return collectors.iterator().next();
    }
    if (containers.size() == 1) {
      return containers.getFirst().name();
    }
    throw new UsageException("name the collector's container with --container: "
        + containers.stream().map(Container::name).collect(Collectors.joining(", ")));
  }

  private static boolean takesConfig(Container container) {
    return container.secrets().containsKey(CONFIG_VARIABLE)
        || container.environment().containsKey(CONFIG_VARIABLE);
  }

  private static Container container(JsonNode node) {
    List<String> check = new ArrayList<>();
    node.path("healthCheck").path("command").forEach(word -> check.add(word.asText()));
    List<Port> ports = new ArrayList<>();
    for (JsonNode port : node.path("portMappings")) {
      ports.add(new Port(
          port.path("containerPort").asInt(),
          number(port.path("hostPort")),
          port.path("protocol").asText("tcp")));
    }
    return new Container(
        node.path("name").asText(""),
        node.path("image").asText(""),
        node.path("essential").asBoolean(true),
        pairs(node.path("environment"), "value"),
        pairs(node.path("secrets"), "valueFrom"),
        node.path("environmentFiles").isEmpty(),
        number(node.path("memory")),
        check,
        ports);
  }

  private static Map<String, String> pairs(JsonNode list, String member) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(
        pair -> pairs.put(pair.path("name").asText(""), pair.path(member).asText("")));
    return pairs;
  }

  private static OptionalInt number(JsonNode node) {
    String text = node.asText("");
    return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }
}
