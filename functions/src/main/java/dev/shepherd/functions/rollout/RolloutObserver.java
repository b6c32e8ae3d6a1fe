package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.ValidationTarget;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ConfigVersion;
import dev.shepherd.shared.rollout.ParameterKind;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * Looks at one fleet. Two calls, GetParameters and, where there is a source, ListTagsForResource;
 * {@link #deeper} adds what the planner asks for.
 */
final class RolloutObserver {
  private final Parameters parameters;
  private final ParameterNames names;
  private final FleetReader fleets;

  RolloutObserver(Parameters parameters, ParameterNames names, FleetReader fleets) {
    this.parameters = parameters;
    this.names = names;
    this.fleets = fleets;
  }

  /**
   * @param source what DescribeParameters says of the source; absent when there is none
   * @throws ReconcileException if the source was written between the two reads
   */
  RolloutSnapshot observe(
      FleetName fleet, Optional<ParameterMetadata> source, List<ServiceState> services) {
    Map<String, Parameter> read = parameters.read(
        List.of(names.source(fleet), names.state(fleet), names.live(fleet), names.current(fleet)));
    Optional<ParameterKind> kind = source.map(RolloutObserver::kind);
    Optional<ConfigVersion> config = Optional.ofNullable(read.get(names.source(fleet)))
        .map(parameter -> source(parameter, source.orElseThrow(() -> changed(fleet))));
    Map<String, String> tags = config.isPresent() ? parameters.tags(names.source(fleet)) : Map.of();
    Optional<ConfigVersion> current = Optional.ofNullable(read.get(names.current(fleet)))
        .map(parameter -> current(parameter, kind));
    Optional<RolloutState> state = Optional.ofNullable(read.get(names.state(fleet)))
        .map(parameter -> StateJson.read(parameter.value(), parameter.name()));
    Optional<ConfigHash> live = Optional.ofNullable(read.get(names.live(fleet)))
        .flatMap(parameter -> pinnedBy(parameter.value()));
    return new RolloutSnapshot(
        fleet, config, tags, live, current, state, services, Optional.empty());
  }

  private ConfigVersion source(Parameter parameter, ParameterMetadata metadata) {
    if (!parameter.version().equals(metadata.version())) {
      throw new ReconcileException(
          parameter.name() + " was written while it was read; the next look sees it");
    }
    return version(
        parameter.version(), parameter.value(), kind(metadata), parameter.lastModifiedDate());
  }

  private ReconcileException changed(FleetName fleet) {
    return new ReconcileException(
        names.source(fleet) + " was created while it was looked for; the next look sees it");
  }

  /** The key is not in the answer; a copy has the source's. */
  private static ConfigVersion current(Parameter parameter, Optional<ParameterKind> source) {
    Optional<String> key = source.flatMap(ParameterKind::keyId);
    String tier = source.map(ParameterKind::tier).orElse("Standard");
    return version(
        parameter.version(),
        parameter.value(),
        new ParameterKind(parameter.typeAsString(), key, tier),
        parameter.lastModifiedDate());
  }

  private static ConfigVersion version(
      long number, String text, ParameterKind kind, Instant writtenAt) {
    List<Finding> findings = ConfigValidator.validate(
            ConfigText.parse(text), ValidationTarget.UNKNOWN)
        .findings();
    return ConfigVersion.of(number, text, kind, writtenAt, findings);
  }

  private static ParameterKind kind(ParameterMetadata metadata) {
    return new ParameterKind(
        metadata.typeAsString(), Optional.ofNullable(metadata.keyId()), metadata.tierAsString());
  }

  private Optional<ConfigHash> pinnedBy(String snapshotName) {
    return names
        .reference(snapshotName)
        .filter(ConfigReference.Pinned.class::isInstance)
        .map(reference -> ((ConfigReference.Pinned) reference).hash());
  }

  /** The same snapshot with what the planner wants to see. */
  RolloutSnapshot deeper(RolloutSnapshot snapshot, RolloutDecision.Look look) {
    List<ServiceState> services = snapshot.services().stream()
        .flatMap(service -> look.tasksOf().contains(service.name())
            ? fleets.tasks(service.name()).map(service::with).stream()
            : Stream.of(service))
        .toList();
    Optional<List<ConfigVersion>> history =
        look.history() ? Optional.of(history(snapshot.fleet())) : snapshot.history();
    return snapshot.with(services, history);
  }

  private List<ConfigVersion> history(FleetName fleet) {
    return parameters.history(names.source(fleet)).stream()
        .map(version -> version(
            version.version(),
            version.value(),
            new ParameterKind(
                version.typeAsString(),
                Optional.ofNullable(version.keyId()),
                version.tierAsString()),
            version.lastModifiedDate()))
        .toList();
  }
}
