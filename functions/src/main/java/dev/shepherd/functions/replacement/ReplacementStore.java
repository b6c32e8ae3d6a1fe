package dev.shepherd.functions.replacement;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.ReplacementMarksJson;
import dev.shepherd.functions.aws.RolloutStates;
import dev.shepherd.shared.config.CanonicalHash;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.replacement.RolloutView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * What Parameter Store says of a fleet: what was remembered, how its rollouts stand, its tags.
 * Calls, where a collector is sick: one GetParameters for each ten of 1 + 2 × fleets names, one
 * ListTagsForResource, and one DescribeParameters for each source that is a SecureString.
 */
final class ReplacementStore {
  private static final int MAX_NAMES = 10;

  private final Parameters parameters;
  private final ParameterNames names;

  ReplacementStore(Parameters parameters, ParameterNames names) {
    this.parameters = parameters;
    this.names = names;
  }

  /**
   * One look.
   *
   * @param tags of the fleet's source
   */
  record Seen(
      ReplacementMarks marks, Map<FleetName, RolloutView> rollouts, Map<String, String> tags) {}

  /** The marks alone. */
  ReplacementMarks marks(FleetName fleet) {
    return marks(fleet, parameters.read(List.of(names.replacements(fleet))));
  }

  private ReplacementMarks marks(FleetName fleet, Map<String, Parameter> read) {
    return Optional.ofNullable(read.get(names.replacements(fleet)))
        .map(parameter -> ReplacementMarksJson.read(parameter.value(), parameter.name()))
        .orElse(ReplacementMarks.NONE);
  }

  /** Everything; {@code fleets} are those whose collectors the fleet's services hold. */
  Seen read(FleetName fleet, Set<FleetName> fleets) {
    List<String> wanted = new ArrayList<>(List.of(names.replacements(fleet)));
    fleets.forEach(each -> wanted.addAll(List.of(names.state(each), names.source(each))));
    Map<String, Parameter> read = new HashMap<>();
    Pages.chunks(wanted, MAX_NAMES).forEach(chunk -> read.putAll(parameters.read(chunk)));
    Map<FleetName, RolloutView> rollouts = new HashMap<>();
    fleets.forEach(each -> Optional.ofNullable(read.get(names.state(each)))
        .map(state -> RolloutStates.read(
            state.value(),
            state.name(),
            Optional.ofNullable(read.get(names.source(each))).map(this::hash)))
        .ifPresent(view -> rollouts.put(each, view)));
    Map<String, String> tags =
        read.containsKey(names.source(fleet)) ? parameters.tags(names.source(fleet)) : Map.of();
    return new Seen(marks(fleet, read), rollouts, tags);
  }

  private ConfigHash hash(Parameter source) {
    Optional<String> key = source.typeAsString().equals("SecureString")
        ? parameters.named(List.of(source.name())).stream()
            .map(ParameterMetadata::keyId)
            .findFirst()
        : Optional.empty();
    return CanonicalHash.of(source.value(), source.typeAsString(), key);
  }

  void write(FleetName fleet, ReplacementMarks marks) {
    parameters.put(PutParameterRequest.builder()
        .name(names.replacements(fleet))
        .value(ReplacementMarksJson.write(marks))
        .type("String")
        .overwrite(true)
        .build());
  }
}
