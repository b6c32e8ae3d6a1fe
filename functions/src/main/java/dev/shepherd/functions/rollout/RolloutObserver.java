package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.StateJson;
import dev.shepherd.functions.aws.TaskCalls;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.event.RestartRequest;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.ValidationTarget;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.ConfigVersion;
import dev.shepherd.shared.rollout.ParameterKind;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * Looks at one fleet. Two calls, half of them shared: GetParameters ({@link FleetParameterReads})
 * and, where there is a source, ListTagsForResource; {@link #deeper} adds what the planner asks
 * for.
 */
// Over 200 lines with its Javadoc: all that a look at one fleet reads of Parameter Store.
final class RolloutObserver {
  private final Parameters parameters;
  private final SourceHistory sources;
  private final FleetParameterReads reads;
  private final ParameterNames names;
  private final FleetReader fleets;
  private final TaskDefinitions definitions;
  private final AskedRestarts asked = new AskedRestarts();
  private final ExtraTaskReader extras;
  private final AlarmReader alarms;
  private final Rates rates;

  /** Whether what was last observed holds readings that are not of now. */
  private boolean old;

  private final TaskMemory lately;
  private final TaskMemory runningLately;

  RolloutObserver(
      Parameters parameters,
      SourceHistory sources,
      ParameterNames names,
      FleetReader fleets,
      TaskDefinitions definitions,
      ExtraTaskReader extras,
      AlarmReader alarms,
      Rates rates,
      InstantSource clock) {
    this.parameters = parameters;
    this.sources = sources;
    this.reads = new FleetParameterReads(parameters, names);
    this.names = names;
    this.fleets = fleets;
    this.definitions = definitions;
    this.extras = extras;
    this.alarms = alarms;
    this.rates = rates;
    this.lately = new TaskMemory(rates, clock, 2); // Those that run, and those that stopped.
    this.runningLately = new TaskMemory(rates, clock, 1);
  }

  /** A new run, which looks at these fleets, in this order. */
  void begin(List<FleetName> order) {
    reads.begin(order);
    extras.begin();
  }

  /** The restarts that TaskReplacement's marks have asked for since this was last called. */
  List<RestartRequest> asked() {
    return asked.take();
  }

  /** Whether the last look holds tasks as they were seen before this run ({@link TaskMemory}). */
  boolean isOld() {
    return old;
  }

  /**
   * Looks once.
   *
   * @param source what DescribeParameters says of the source; absent when there is none
   * @return what was seen; empty if the source was written between the two reads
   */
  Optional<RolloutSnapshot> observe(
      FleetName fleet, Optional<ParameterMetadata> source, List<ServiceState> services) {
    old = false;
    Map<String, Parameter> read = reads.of(fleet);
    asked.accept(Optional.ofNullable(read.get(names.replacements(fleet))));
    Optional<Long> number =
        Optional.ofNullable(read.get(names.source(fleet))).map(Parameter::version);
    if (source.isPresent()
        && number.isPresent()
        && !number.equals(source.map(ParameterMetadata::version))) {
      return Optional.empty();
    }
    Optional<RolloutState> state = Optional.ofNullable(read.get(names.state(fleet)))
        .map(parameter -> StateJson.read(parameter.value(), parameter.name()));
    // A source that DescribeParameters does not show yet counts as absent: the next look sees it.
    Optional<ConfigVersion> config = source
        .flatMap(metadata -> Optional.ofNullable(read.get(names.source(fleet)))
            .map(found -> source(found, metadata)))
        .map(version -> isKnown(version, state) ? version : validated(version, fleet, services));
    Map<String, String> tags = config.isPresent() ? parameters.tags(names.source(fleet)) : Map.of();
    Optional<ConfigVersion> current = Optional.ofNullable(read.get(names.current(fleet)))
        .map(parameter -> current(parameter, source));
    Optional<ConfigHash> live = Optional.ofNullable(read.get(names.live(fleet)))
        .flatMap(parameter -> pinnedBy(parameter.value()));
    return Optional.of(new RolloutSnapshot(
        fleet,
        config,
        tags,
        live,
        current,
        state,
        services,
        Optional.empty(),
        Optional.empty(),
        Optional.empty()));
  }

  /** What a glance at some services of a fleet rests on: them, and what is remembered. One call. */
  RolloutSnapshot glance(FleetName fleet, List<ServiceState> services) {
    String name = names.state(fleet);
    return new RolloutSnapshot(
        fleet,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(parameters.read(List.of(name)).get(name))
            .map(parameter -> StateJson.read(parameter.value(), parameter.name())),
        services,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private ConfigVersion source(Parameter parameter, ParameterMetadata metadata) {
    return ConfigVersion.of(
        parameter.version(),
        parameter.value(),
        kind(metadata),
        parameter.lastModifiedDate(),
        List.of());
  }

  /** The key is not in the answer; a copy has the source's. */
  private static ConfigVersion current(Parameter parameter, Optional<ParameterMetadata> source) {
    Optional<ParameterKind> kind = source.map(RolloutObserver::kind);
    return ConfigVersion.of(
        parameter.version(),
        parameter.value(),
        new ParameterKind(
            parameter.typeAsString(),
            kind.flatMap(ParameterKind::keyId),
            kind.map(ParameterKind::tier).orElse("Standard")),
        parameter.lastModifiedDate(),
        List.of());
  }

  /** What is live, or on its way, was validated before; it is not read word by word each minute. */
  private static boolean isKnown(ConfigVersion version, Optional<RolloutState> state) {
    return state
        .filter(known -> known.live().equals(version.hash())
            || known.candidate().filter(version.hash()::equals).isPresent())
        .isPresent();
  }

  /** The version with what the validator says of it, for every definition that is to run it. */
  private ConfigVersion validated(
      ConfigVersion version, FleetName fleet, List<ServiceState> services) {
    TaskFacts.Parameter config =
        new TaskFacts.Parameter(names.source(fleet), Optional.of(version.kind().tier()));
    Set<ValidationTarget> targets = services.stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .map(service -> service.definition().arn())
        .distinct()
        .flatMap(arn -> definitions.targets(arn, fleet, config))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    ConfigText text = ConfigText.parse(version.text());
    Stream<ValidationTarget> any =
        targets.isEmpty() ? Stream.of(ValidationTarget.UNKNOWN) : targets.stream();
    List<Finding> findings = any.flatMap(
            target -> ConfigValidator.validate(text, target).findings().stream())
        .distinct()
        .sorted()
        .toList();
    return version.with(findings);
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
    Map<ServiceName, List<TaskState>> tasks =
        new HashMap<>(read(snapshot, look.tasksOf(), look.lately(), lately, fleets::tasks));
    tasks.putAll(read(
        snapshot,
        look.runningOf(),
        look.lately(),
        runningLately,
        names -> fleets.running(
            snapshot.services().stream()
                .filter(service -> names.contains(service.name()))
                .toList(),
            (name, reason) -> {
              throw new ReconcileException(name + ": " + reason);
            })));
    List<ServiceState> services = snapshot.services().stream()
        .filter(service ->
            tasks.containsKey(service.name()) || !look.tasksOf().contains(service.name()))
        .map(service ->
            Optional.ofNullable(tasks.get(service.name())).map(service::with).orElse(service))
        .toList();
    Optional<List<ConfigVersion>> history =
        look.history() ? Optional.of(history(snapshot.fleet(), services)) : snapshot.history();
    RolloutSnapshot seen = snapshot.with(services, history);
    RolloutSnapshot alarmed = look.alarms() ? seen.seeing(alarms.read(seen.namedAlarms())) : seen;
    return look.extras()
        .map(wanted -> alarmed.with(extras.read(alarmed, wanted)))
        .orElse(alarmed);
  }

  /** All of them now, or, where this run cannot, those as of lately of which that is enough. */
  private Map<ServiceName, List<TaskState>> read(
      RolloutSnapshot snapshot,
      Set<ServiceName> services,
      Set<ServiceName> enoughLately,
      TaskMemory memory,
      Function<Set<ServiceName>, Map<ServiceName, List<TaskState>>> reader) {
    List<ServiceState> through = snapshot.services().stream()
        .filter(
            service -> services.contains(service.name()) && enoughLately.contains(service.name()))
        .toList();
    int calls = TaskCalls.some(rates.affords(Rate.TASK_READS));
    if (through.isEmpty() || fleets.calls(services) <= calls) {
      return services.isEmpty() ? Map.of() : reader.apply(services);
    }
    Set<ServiceName> now = new HashSet<>(services);
    now.removeAll(enoughLately);
    Map<ServiceName, List<TaskState>> tasks = new HashMap<>(reader.apply(now));
    old = true;
    Instant since = snapshot.state().map(RolloutState::since).orElse(Instant.MIN);
    tasks.putAll(memory.tasks(through, since, reader));
    return tasks;
  }

  private List<ConfigVersion> history(FleetName fleet, List<ServiceState> services) {
    return sources.of(names.source(fleet)).stream()
        .map(old -> ConfigVersion.of(
            old.version(), old.value(), kind(old), old.lastModifiedDate(), List.of()))
        .map(version -> validated(version, fleet, services))
        .toList();
  }

  private static ParameterKind kind(ParameterHistory old) {
    return new ParameterKind(
        old.typeAsString(), Optional.ofNullable(old.keyId()), old.tierAsString());
  }
}
