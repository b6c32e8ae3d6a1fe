package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.ExtraTaskNames;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.ParameterReads;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.status.FleetView.Source;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.ExtraTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * Looks at every fleet, or at one. Calls: what {@link FleetReader#discover} takes, then for the
 * fleets that are asked for what {@link FleetParameters}, {@link FleetReader#running} and
 * {@link Registrations} take, two {@link StandaloneTasks#running listings of extra tasks} in each
 * cluster, and DescribeTaskDefinition for each revision that this instance has not read yet.
 */
final class StatusObserver {
  private final StatusAws aws;
  private final Settings settings;
  private final FleetReader reader;
  private final FleetParameters parameters;
  private final StandaloneTasks standalone;
  private final ServiceLook services;
  private final Lint lint;

  StatusObserver(StatusAws aws, Settings settings) {
    this.aws = aws;
    this.settings = settings;
    TaskDefinitions definitions = new TaskDefinitions(aws, settings.names());
    this.reader = new FleetReader(aws, settings.clusters(), definitions);
    this.parameters = new FleetParameters(new ParameterReads(aws), settings.names());
    this.standalone = new StandaloneTasks(aws);
    this.services = new ServiceLook(new TaskDefinitions(aws, settings.names()));
    this.lint = new Lint(definitions, settings.names());
  }

  /** What of one look is the same for all fleets. */
  private record World(
      Map<String, List<Task>> extras, Registrations registrations, Repairs repairs, Instant now) {}

  /** How things stand; what cannot be read is told in it. */
  StatusView look(Optional<FleetName> only, Instant now) {
    Guarded told = new Guarded();
    services.begin();
    lint.begin();
    Map<FleetName, List<ServiceState>> found =
        told.read("all services", () -> reader.discover(told::failed)).orElse(Map.of());
    Map<FleetName, ParameterMetadata> sources =
        told.read("all config parameters", parameters::sources).orElse(Map.of());
    Set<FleetName> fleets = new TreeSet<>(found.keySet());
    fleets.addAll(sources.keySet());
    only.filter(name -> !fleets.contains(name))
        .ifPresent(name -> told.failed(name.toString(), "there is no such fleet"));
    fleets.removeIf(name -> only.filter(other -> !other.equals(name)).isPresent());
    Map<FleetName, List<ServiceState>> whole = withTasks(found, fleets, told);
    Map<String, List<Task>> extras = extras(told);
    List<ServiceState> all = whole.values().stream().flatMap(List::stream).toList();
    List<ExtraTask> canaries =
        fleets.stream().flatMap(fleet -> extras(fleet, extras)).toList();
    Map<FleetName, FleetParameters.Seen> seen = seen(fleets, sources, told);
    World world = new World(
        extras,
        new Registrations(aws, all, canaries, told),
        new Repairs(settings.replacement(), settings.names(), parameters, whole, seen),
        now);
    List<FleetView> views = fleets.stream()
        .map(fleet -> view(
            fleet,
            whole.getOrDefault(fleet, List.of()),
            Objects.requireNonNull(seen.get(fleet)),
            world,
            told))
        .toList();
    return new StatusView(now, views, 0, told.failures());
  }

  private Map<FleetName, FleetParameters.Seen> seen(
      Set<FleetName> fleets, Map<FleetName, ParameterMetadata> sources, Guarded told) {
    Map<String, Parameter> read = parameters.read(fleets, told);
    Map<FleetName, FleetParameters.Seen> seen = new TreeMap<>();
    fleets.forEach(fleet ->
        seen.put(fleet, parameters.of(fleet, Optional.ofNullable(sources.get(fleet)), read, told)));
    return seen;
  }

  private Map<FleetName, List<ServiceState>> withTasks(
      Map<FleetName, List<ServiceState>> found, Set<FleetName> fleets, Guarded told) {
    Map<ServiceName, ServiceState> distinct = new LinkedHashMap<>();
    fleets.forEach(fleet -> found
        .getOrDefault(fleet, List.of())
        .forEach(service -> distinct.putIfAbsent(service.name(), service)));
    Map<ServiceName, List<TaskState>> read = reader.running(distinct.values(), told::failed);
    Map<FleetName, List<ServiceState>> whole = new TreeMap<>();
    fleets.forEach(fleet -> whole.put(
        fleet,
        found.getOrDefault(fleet, List.of()).stream()
            .map(service ->
                Optional.ofNullable(read.get(service.name())).map(service::with).orElse(service))
            .sorted((one, other) -> one.name().compareTo(other.name()))
            .toList()));
    return whole;
  }

  private Map<String, List<Task>> extras(Guarded told) {
    Map<String, List<Task>> extras = new TreeMap<>();
    for (String cluster : settings.clusters()) {
      told.read(cluster, () -> {
            List<String> arns = Stream.of(ExtraTask.Kind.values())
                .flatMap(
                    kind -> standalone.running(cluster, ExtraTaskNames.startedBy(kind)).stream())
                .toList();
            return standalone.describe(cluster, arns);
          })
          .ifPresent(tasks -> extras.put(cluster, tasks));
    }
    return extras;
  }

  private static Stream<ExtraTask> extras(FleetName fleet, Map<String, List<Task>> all) {
    return all.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream()
            .flatMap(task -> ExtraTaskNames.extra(fleet, entry.getKey(), task).stream()));
  }

  private FleetView view(
      FleetName fleet,
      List<ServiceState> own,
      FleetParameters.Seen seen,
      World world,
      Guarded told) {
    List<ServiceView> views =
        own.stream().map(service -> services.of(fleet, service, seen, told)).toList();
    List<ServiceState> managed = own.stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .toList();
    List<FleetView.Found> findings = seen.source()
        .flatMap(source -> told.read(fleet.toString(), () -> lint.of(fleet, source, managed)))
        .orElse(List.of());
    List<ExtraTask> extras = extras(fleet, world.extras())
        .sorted(Comparator.comparing(ExtraTask::kind)
            .thenComparing(ExtraTask::service)
            .thenComparing(extra -> extra.task().id()))
        .toList();
    return new FleetView(
        settings.names().source(fleet),
        seen.source().map(source -> new Source(source.version(), source.hash())),
        seen.state(),
        told.read(
            fleet.toString(),
            () -> new NextStep(extras, world.registrations().ids())
                .of(fleet, seen, findings, own, settings.rollout(), world.now())),
        Boolean.parseBoolean(seen.tags().getOrDefault("shepherd:paused", "").strip()),
        FleetView.Count.of(views),
        views,
        0,
        views.stream().allMatch(service -> service.sick().isEmpty())
            ? List.of()
            : world.repairs().of(fleet, world.now(), told),
        extras,
        world.registrations().of(own),
        findings);
  }
}
