package dev.shepherd.local.scenario;

import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import dev.shepherd.local.world.WorldContainer;
import dev.shepherd.local.world.WorldTask;
import dev.shepherd.shared.config.CanonicalHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Secret;

/**
 * Which config a task's collectors have read. Every task is asked every ten seconds of virtual time
 * and there may be a hundred thousand, so this is loops, and a text is hashed once.
 */
final class ConfigReads {
  /** Of config parameters: the template's default. */
  static final String PREFIX = "/collectors/";

  private final ParameterStore parameters;
  private final Map<String, Map<String, String>> hashes = new HashMap<>();

  ConfigReads(ParameterStore parameters) {
    this.parameters = parameters;
  }

  /** The hash of the text that the task's collector read at its start; absent before. */
  Optional<String> readBy(WorldTask task) {
    for (WorldContainer container : task.containers()) {
      for (Map.Entry<String, String> secret : container.secrets().entrySet()) {
        if (secret.getKey().contains(PREFIX)) {
          return Optional.of(hash(secret.getKey(), secret.getValue()));
        }
      }
    }
    return Optional.empty();
  }

  /** How many of these there are of each hash; one that has read nothing counts as unknown. */
  SortedMap<String, Integer> count(List<WorldTask> tasks) {
    SortedMap<String, Integer> count = new TreeMap<>();
    tasks.forEach(task -> count.merge(readBy(task).orElse("unknown"), 1, Integer::sum));
    return count;
  }

  /** Whether all its essential containers and all its collectors are up and not UNHEALTHY. */
  static boolean isHealthy(WorldTask task) {
    return task.isServing() && areCollectorsWell(task);
  }

  /** Whether it serves, with a collector that is not well. */
  static boolean isSick(WorldTask task) {
    return task.isServing() && !areCollectorsWell(task);
  }

  private static boolean areCollectorsWell(WorldTask task) {
    for (WorldContainer container : task.containers()) {
      if (isCollector(container) && !container.isWell()) {
        return false;
      }
    }
    return true;
  }

  /** Named so by the scenario, or in the operator's own task: what reads a fleet's config. */
  private static boolean isCollector(WorldContainer container) {
    return container.name().equals(Blueprint.COLLECTOR)
        || container.secrets().keySet().stream().anyMatch(name -> name.contains(PREFIX));
  }

  /** Whether a container of this task takes this fleet's config, however it refers to it. */
  static boolean takes(WorldTask task, String config) {
    for (WorldContainer container : task.containers()) {
      for (Secret secret : container.definition().secrets()) {
        String name = secret.valueFrom().replaceFirst("^arn:.*:parameter/", "/");
        if (name.equals(config) || name.startsWith("/shepherd" + config + "/")) {
          return true;
        }
      }
    }
    return false;
  }

  /** A text's hash by the parameter that it was read from; it is computed once. */
  String hash(String parameter, String text) {
    return hashes
        .computeIfAbsent(parameter, _ -> new HashMap<>())
        .computeIfAbsent(text, _ -> hash(parameters, parameter, text));
  }

  /** A text's hash, as Shepherd names it, by the kind that the parameter has now. */
  static String hash(ParameterStore parameters, String parameter, String text) {
    Optional<ParameterVersion> kind = parameters.find(parameter).map(StoredParameter::latest);
    return CanonicalHash.of(
            text,
            kind.map(version -> version.type().toString()).orElse("String"),
            kind.flatMap(ParameterVersion::keyId))
        .toString();
  }

  /** A version's hash, as Shepherd names it. */
  static String hash(ParameterVersion version) {
    return CanonicalHash.of(version.text(), version.type().toString(), version.keyId())
        .toString();
  }
}
