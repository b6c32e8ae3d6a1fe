package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Secret;

/** Reads the parameters that a task's secrets name, as they stand at that moment. */
final class Secrets {
  private final ParameterStore parameters;

  Secrets(ParameterStore parameters) {
    this.parameters = parameters;
  }

  /** Gives each container its texts; returns the names that are not there. */
  List<String> read(WorldTask task) {
    List<String> missing = new ArrayList<>();
    for (WorldContainer container : task.containers()) {
      Map<String, String> texts = new LinkedHashMap<>();
      for (Secret secret : container.definition().secrets()) {
        if (isParameter(secret.valueFrom())) {
          read(secret.valueFrom(), texts, missing);
        }
      }
      container.secrets(texts);
    }
    return missing;
  }

  private static boolean isParameter(String valueFrom) {
    return !valueFrom.startsWith("arn:") || valueFrom.contains(":ssm:");
  }

  private void read(String valueFrom, Map<String, String> texts, List<String> missing) {
    Optional<ParameterVersion> found = parameters.find(valueFrom).map(StoredParameter::latest);
    found.ifPresentOrElse(
        version -> texts.put(version.name(), version.text()), () -> missing.add(valueFrom));
  }
}
