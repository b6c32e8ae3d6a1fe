package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.status.ServiceView.SickTask;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerTraits;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.replacement.Sick;
import dev.shepherd.shared.rollout.ConfigVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts a service's tasks by what they read. Which text a task read is told by its revision where
 * that pins one; by name, or from {@code current}, it is the text that stands there if that was
 * written before the task came to run (one that was starting just then may have read the older),
 * and else {@code unknown}.
 */
final class ServiceLook {
  static final String UNKNOWN = "unknown";

  /** Revisions that running tasks are on and their service is not, any more or yet. */
  private final TaskDefinitions others;

  private final Set<String> inUse = new HashSet<>();

  ServiceLook(TaskDefinitions others) {
    this.others = others;
  }

  /** A new look. */
  void begin() {
    others.keepOnly(inUse);
    inUse.clear();
  }

  /** One service, with its tasks if they could be read. */
  ServiceView of(FleetName fleet, ServiceState service, FleetParameters.Seen seen, Guarded told) {
    List<TaskState> running =
        service.tasks().orElse(List.of()).stream().filter(TaskState::running).toList();
    TreeMap<String, Integer> byConfig = new TreeMap<>();
    running.forEach(
        task -> byConfig.merge(configOf(fleet, service, task, seen, told), 1, Integer::sum));
    List<SickTask> sick = running.stream()
        .flatMap(task -> Sick.of(service, task).stream())
        .map(each -> new SickTask(each.task().id(), each.what()))
        .toList();
    int healthy =
        (int) running.stream().filter(task -> isHealthy(service, task)).count();
    return new ServiceView(
        service,
        references(service.definition()),
        new FleetView.Count(
            service.desired(),
            service.tasks().isPresent() ? running.size() : service.running(),
            service.tasks().isPresent() ? healthy : service.running(),
            byConfig),
        sick.stream().limit(ServiceView.MAX_SICK).toList(),
        Math.max(0, sick.size() - ServiceView.MAX_SICK),
        isOnLive(service, seen),
        service.tasks().isPresent());
  }

  private static String references(TaskDefinitionState definition) {
    return definition.collectors().stream()
        .map(Collector::reference)
        .map(reference -> switch (reference) {
          case ConfigReference.Pinned _ -> "pinned";
          case ConfigReference.ByName _ -> "by name";
          case ConfigReference.Current _ -> "current";
        })
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean isOnLive(ServiceState service, FleetParameters.Seen seen) {
    return service.definition().collectors().stream()
        .map(Collector::reference)
        .allMatch(reference -> switch (reference) {
          case ConfigReference.Pinned pinned ->
            seen.state().filter(state -> state.live().equals(pinned.hash())).isPresent();
          case ConfigReference.ByName _ -> false;
          case ConfigReference.Current _ -> true;
        });
  }

  /** It serves, and each of its collectors runs and is not UNHEALTHY. */
  private static boolean isHealthy(ServiceState service, TaskState task) {
    return isServing(service, task)
        && service.definition().collectors().stream()
            .allMatch(collector -> task.container(collector.container())
                .filter(ContainerState::running)
                .filter(container -> !container.isSick())
                .isPresent());
  }

  /** Its essential containers run, and none of them is UNHEALTHY. */
  static boolean isServing(ServiceState service, TaskState task) {
    return service.definition().containers().stream()
        .filter(ContainerTraits::essential)
        .allMatch(traits -> task.container(traits.name())
            .filter(ContainerState::running)
            .filter(container -> !container.isSick())
            .isPresent());
  }

  private String configOf(
      FleetName fleet,
      ServiceState service,
      TaskState task,
      FleetParameters.Seen seen,
      Guarded told) {
    Optional<TaskDefinitionState> definition =
        task.taskDefinition().equals(service.definition().arn())
            ? Optional.of(service.definition())
            : other(task.taskDefinition(), fleet, told);
    return definition.stream()
        .flatMap(found -> found.collectors().stream())
        .map(Collector::reference)
        .findFirst()
        .flatMap(reference -> switch (reference) {
          case ConfigReference.Pinned pinned -> Optional.of(pinned.hash());
          case ConfigReference.ByName _ -> read(seen.source(), task);
          case ConfigReference.Current _ -> read(seen.current(), task);
        })
        .map(ConfigHash::toString)
        .orElse(UNKNOWN);
  }

  private Optional<TaskDefinitionState> other(String arn, FleetName fleet, Guarded told) {
    inUse.add(arn);
    return told.read(ServiceView.shortName(arn), () -> others.state(arn).of(fleet));
  }

  private static Optional<ConfigHash> read(Optional<ConfigVersion> text, TaskState task) {
    Instant started = task.startedAt().orElse(Instant.MAX);
    return text.filter(version -> !started.isBefore(version.writtenAt())).map(ConfigVersion::hash);
  }
}
