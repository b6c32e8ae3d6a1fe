package dev.shepherd.local.invariant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import dev.shepherd.shared.config.CanonicalHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Which config a task definition takes, what is said of it, and who else takes it. */
final class Configs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OWN =
      Pattern.compile("/shepherd(/.+)/(?:(current)|revisions/([0-9a-f]{12}))");

  private final World world;
  private final Terms terms;
  /** By type and key, then by text: every task that starts is asked what it has read. */
  private final Map<String, Map<String, String>> hashes = new HashMap<>();

  /** How a container takes a config. */
  enum Way {
    BY_NAME,
    CURRENT,
    PINNED
  }

  /**
   * A container takes a config.
   *
   * @param parameter the name that the secret names
   * @param hash of the snapshot; where it is not pinned, of the text that is there now
   */
  record Taken(String image, String config, Way way, String parameter, String hash) {}

  Configs(World world, Terms terms) {
    this.world = world;
    this.terms = terms;
  }

  Terms terms() {
    return terms;
  }

  /** The name in a secret's reference, be it a name or an ARN. */
  static String parameter(Secret secret) {
    return parameter(secret.valueFrom());
  }

  static String parameter(String nameOrArn) {
    return nameOrArn.replaceFirst("^arn:[^/]*:parameter/", "/");
  }

  List<Taken> taken(TaskDefinition definition) {
    return definition.containerDefinitions().stream().flatMap(this::taken).toList();
  }

  private Stream<Taken> taken(ContainerDefinition container) {
    return container.secrets().stream()
        .map(Configs::parameter)
        .flatMap(name -> taken(container.image(), name).stream());
  }

  private Optional<Taken> taken(String image, String name) {
    Matcher own = OWN.matcher(name);
    if (!own.matches()) {
      return Optional.of(new Taken(image, name, Way.BY_NAME, name, textHash(name)))
          .filter(taken -> terms.configs().contains(name));
    }
    String config = own.group(1);
    return own.group(2) == null
        ? Optional.of(new Taken(image, config, Way.PINNED, name, own.group(3)))
        : Optional.of(new Taken(image, config, Way.CURRENT, name, textHash(name)));
  }

  private String textHash(String name) {
    return world
        .parameters()
        .find(name)
        .map(parameter -> hash(name, parameter.latest().text()))
        .orElse("");
  }

  /** A text's hash, by the kind of the parameter that it was read from. */
  String hash(String name, String text) {
    Optional<ParameterVersion> kind = world.parameters().find(name).map(StoredParameter::latest);
    String type = kind.map(version -> version.type().toString()).orElse("String");
    Optional<String> key = kind.flatMap(ParameterVersion::keyId);
    return hashes
        .computeIfAbsent(type + key, _ -> new HashMap<>())
        .computeIfAbsent(text, _ -> CanonicalHash.of(text, type, key).toString());
  }

  /** What Shepherd remembers of a fleet; empty members where there is nothing yet. */
  JsonNode state(String config) {
    String text = world
        .parameters()
        .find("/shepherd" + config + "/state")
        .map(parameter -> parameter.latest().text())
        .orElse("{}");
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      return JSON.createObjectNode();
    }
  }

  /** The active services whose newest definition takes the config. */
  List<WorldService> services(String config) {
    return world.ecs().clusters().values().stream()
        .flatMap(cluster -> cluster.services().values().stream())
        .filter(WorldService::isActive)
        .filter(service -> takes(service.primary().definition(), config))
        .toList();
  }

  /** Tasks of RunTask that take the config and are not told to stop. */
  List<WorldTask> standalone(String config) {
    return world.ecs().clusters().values().stream()
        .flatMap(cluster -> cluster.standaloneTasks().stream())
        .filter(task -> task.isWanted() && takes(task.definition(), config))
        .toList();
  }

  boolean takes(TaskDefinition definition, String config) {
    return taken(definition).stream().anyMatch(taken -> taken.config().equals(config));
  }

  /** The service of a request, as the world has it. */
  Optional<WorldService> service(Act act) {
    String cluster = act.text("cluster").isEmpty() ? "default" : act.text("cluster");
    return world.ecs().findCluster(cluster).map(found -> found.services().get(act.name("service")));
  }

  /** The task of a request, as the world has it. */
  Optional<WorldTask> task(Act act) {
    String cluster = act.text("cluster").isEmpty() ? "default" : act.text("cluster");
    return world
        .ecs()
        .findCluster(cluster)
        .flatMap(found -> world.ecs().findTask(found, act.text("task")));
  }

  Optional<TaskDefinition> definition(String reference) {
    return world.ecs().taskDefinitions().find(reference);
  }

  /** A tag of a task definition; empty where it has none. */
  Optional<String> tag(TaskDefinition definition, String key) {
    return world.ecs().taskDefinitions().tags(definition.taskDefinitionArn()).stream()
        .filter(tag -> tag.key().equals(key))
        .map(Tag::value)
        .findFirst();
  }

  /** Whether Shepherd made this revision. */
  boolean isShepherds(TaskDefinition definition) {
    return tag(definition, "shepherd:config").isPresent();
  }

  /** Whether the operators want Shepherd to let this service be. */
  static boolean isLeftAlone(WorldService service) {
    return service.settings().tags().stream()
        .anyMatch(tag -> tag.key().equals("shepherd:managed") && tag.value().equals("false"));
  }

  /** A limit in percent: the config's tag where it is within bounds, else what was agreed. */
  int percent(String config, String tag, int least, int most, int agreed) {
    return world
        .parameters()
        .find(config)
        .map(parameter -> parameter.tags().getOrDefault(tag, "").strip())
        .filter(text -> text.matches("\\d{1,3}"))
        .map(Integer::parseInt)
        .filter(number -> number >= least && number <= most)
        .orElse(agreed);
  }

  World world() {
    return world;
  }
}
