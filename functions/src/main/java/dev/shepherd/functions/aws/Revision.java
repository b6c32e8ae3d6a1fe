package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * A task-definition revision as it was read.
 *
 * @param unknown paths of the members that the SDK's model does not know
 */
public record Revision(TaskDefinition definition, Map<String, String> tags, List<String> unknown) {
  static final String CONFIG_TAG = "shepherd:config";
  static final String FROM_TAG = "shepherd:from";

  public Revision {
    tags = Map.copyOf(tags);
    unknown = List.copyOf(unknown);
  }

  /** Whether Shepherd made it. */
  public boolean isShepherds() {
    return tags.containsKey(CONFIG_TAG);
  }

  /** Whether Shepherd made it from that base, to pin that hash. */
  public boolean isMadeFrom(TaskDefinition base, ConfigHash hash) {
    return hash.toString().equals(tags.get(CONFIG_TAG))
        && Integer.toString(base.revision()).equals(tags.get(FROM_TAG));
  }

  /** What matters of it for all fleets together. */
  TaskDefinitionState state(ParameterNames names) {
    ConfigSecrets secrets = ConfigSecrets.of(definition, names);
    List<Collector> collectors = definition.containerDefinitions().stream()
        .flatMap(container -> secrets
            .of(container)
            .map(reference -> new Collector(
                container.name(),
                container.image(),
                reference,
                container.healthCheck() != null,
                !Boolean.FALSE.equals(container.essential()))))
        .toList();
    boolean servicePattern = definition.containerDefinitions().stream()
        .filter(container -> !Boolean.FALSE.equals(container.essential()))
        .allMatch(container -> secrets.of(container).findAny().isPresent());
    Optional<Integer> madeFrom = Optional.ofNullable(tags.get(FROM_TAG))
        .filter(tag -> tag.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
    return new TaskDefinitionState(
        definition.taskDefinitionArn(),
        definition.revision(),
        collectors,
        servicePattern,
        madeFrom,
        Optional.ofNullable(definition.executionRoleArn()),
        DefinitionFacts.obstacles(definition),
        DefinitionFacts.traits(definition));
  }
}
