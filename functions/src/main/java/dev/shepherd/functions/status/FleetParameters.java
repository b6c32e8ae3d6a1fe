package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.ParameterReads;
import dev.shepherd.functions.aws.ReplacementMarksJson;
import dev.shepherd.functions.aws.StateJson;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.rollout.ConfigVersion;
import dev.shepherd.shared.rollout.ParameterKind;
import dev.shepherd.shared.rollout.RolloutState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * What Parameter Store says of fleets. Calls, for F of them: max(1, ⌈F/50⌉) DescribeParameters,
 * ⌈4F/10⌉ GetParameters, one ListTagsForResource for each that has a source, and one more
 * GetParameters for each that has a sick collector.
 */
final class FleetParameters {
  private final ParameterReads parameters;
  private final ParameterNames names;

  /**
   * Of one fleet.
   *
   * @param source the operator's text
   * @param tags the source's
   * @param live what the parameter of that name says
   * @param current its text
   * @param state what the rollout remembers
   * @param stateText the same as it is written
   */
  record Seen(
      Optional<ConfigVersion> source,
      Map<String, String> tags,
      Optional<ConfigHash> live,
      Optional<ConfigVersion> current,
      Optional<RolloutState> state,
      Optional<String> stateText) {}

  FleetParameters(ParameterReads parameters, ParameterNames names) {
    this.parameters = parameters;
    this.names = names;
  }

  /** The sources that there are, without their texts. */
  Map<FleetName, ParameterMetadata> sources() {
    Map<FleetName, ParameterMetadata> sources = new TreeMap<>();
    for (ParameterMetadata each : parameters.below(names.configPrefix())) {
      names.fleetOfSource(each.name()).ifPresent(fleet -> sources.put(fleet, each));
    }
    return sources;
  }

  /** The parameters of these fleets, by name; those that could not be read are told. */
  Map<String, Parameter> read(Collection<FleetName> fleets, Guarded guarded) {
    List<String> wanted = fleets.stream()
        .flatMap(fleet -> Stream.of(
            names.source(fleet), names.state(fleet), names.live(fleet), names.current(fleet)))
        .toList();
    Map<String, Parameter> read = new HashMap<>();
    for (List<String> chunk : Pages.chunks(wanted, ParameterReads.MAX_NAMES)) {
      try {
        read.putAll(parameters.read(chunk));
      } catch (SdkException _) {
        // One that may not be decrypted spoils its whole call.
        chunk.forEach(name ->
            guarded.read(name, () -> parameters.read(List.of(name))).ifPresent(read::putAll));
      }
    }
    return read;
  }

  /** What was read, of one fleet. */
  Seen of(
      FleetName fleet,
      Optional<ParameterMetadata> metadata,
      Map<String, Parameter> read,
      Guarded guarded) {
    Optional<ParameterKind> kind = metadata.map(FleetParameters::kind);
    Map<String, String> tags = metadata
        .flatMap(source -> guarded.read(source.name(), () -> parameters.tags(source.name())))
        .orElse(Map.of());
    return new Seen(
        kind.flatMap(of ->
            Optional.ofNullable(read.get(names.source(fleet))).map(source -> version(source, of))),
        tags,
        Optional.ofNullable(read.get(names.live(fleet)))
            .flatMap(parameter -> names.reference(parameter.value()))
            .filter(ConfigReference.Pinned.class::isInstance)
            .map(reference -> ((ConfigReference.Pinned) reference).hash()),
        Optional.ofNullable(read.get(names.current(fleet)))
            .map(current -> version(
                current,
                new ParameterKind(
                    current.typeAsString(),
                    kind.flatMap(ParameterKind::keyId),
                    kind.map(ParameterKind::tier).orElse("Standard")))),
        Optional.ofNullable(read.get(names.state(fleet)))
            .flatMap(state ->
                guarded.read(fleet.toString(), () -> StateJson.read(state.value(), state.name()))),
        Optional.ofNullable(read.get(names.state(fleet))).map(Parameter::value));
  }

  /** What TaskReplacement remembers of this fleet. */
  ReplacementMarks marks(FleetName fleet) {
    return parameters.read(List.of(names.replacements(fleet))).values().stream()
        .findFirst()
        .map(found -> ReplacementMarksJson.read(found.value(), found.name()))
        .orElse(ReplacementMarks.NONE);
  }

  private static ParameterKind kind(ParameterMetadata metadata) {
    return new ParameterKind(
        metadata.typeAsString(), Optional.ofNullable(metadata.keyId()), metadata.tierAsString());
  }

  private static ConfigVersion version(Parameter parameter, ParameterKind kind) {
    return ConfigVersion.of(
        parameter.version(), parameter.value(), kind, parameter.lastModifiedDate(), List.of());
  }
}
