package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One Cloud Map service and the tasks that belong in it. Its instances were listed before the tasks
 * were read: a task that has no instance may just have started, but an instance that has no task is
 * stale.
 *
 * @param registry the Cloud Map service's id
 * @param closed why nothing may be done to it, or be known of it
 * @param clusters the clusters that were looked in
 * @param registrants the ECS services that register in it
 * @param others the other ECS services of these clusters
 * @param instances all instances that it holds
 * @param tasks those that belong in it, and the tasks of its instances
 * @param customHealth whether callers may say how an instance is
 * @param underWay instances that an earlier run's operation still works on
 * @param firstSeen since when something is seen that a second look has to confirm
 * @param takenOut how many instances this run has taken out already
 */
public record RegistrationSnapshot(
    String registry,
    Optional<Leave> closed,
    Set<String> clusters,
    Map<ServiceName, Registrant> registrants,
    Set<ServiceName> others,
    List<Instance> instances,
    List<ServingTask> tasks,
    boolean customHealth,
    Set<String> underWay,
    Map<Sighting, Instant> firstSeen,
    int takenOut) {
  public RegistrationSnapshot {
    clusters = Set.copyOf(clusters);
    registrants = Map.copyOf(registrants);
    others = Set.copyOf(others);
    instances = List.copyOf(instances);
    tasks = List.copyOf(tasks);
    underWay = Set.copyOf(underWay);
    firstSeen = Map.copyOf(firstSeen);
  }

  /** A Cloud Map service that could not be read, or is not to be touched. */
  public static RegistrationSnapshot closed(String registry, Leave why) {
    return new RegistrationSnapshot(
        registry,
        Optional.of(why),
        Set.of(),
        Map.of(),
        Set.of(),
        List.of(),
        List.of(),
        false,
        Set.of(),
        Map.of(),
        0);
  }

  /** The same with what Cloud Map says of the instances' health. */
  public RegistrationSnapshot with(List<Instance> known) {
    return new RegistrationSnapshot(
        registry,
        closed,
        clusters,
        registrants,
        others,
        known,
        tasks,
        customHealth,
        underWay,
        firstSeen,
        takenOut);
  }

  /** The same with what was remembered. */
  public RegistrationSnapshot remembering(Map<Sighting, Instant> remembered) {
    return new RegistrationSnapshot(
        registry,
        closed,
        clusters,
        registrants,
        others,
        instances,
        tasks,
        customHealth,
        underWay,
        remembered,
        takenOut);
  }

  /**
   * Whether Shepherd may act on what is registered for this service; one that is gone minds not.
   */
  boolean isManaged(ServiceName service) {
    return Optional.ofNullable(registrants.get(service))
        .map(Registrant::managed)
        .orElse(true);
  }

  /** Whether one of the services that register here has a running task. */
  boolean serves() {
    return registrants.values().stream().anyMatch(registrant -> registrant.running() > 0)
        || tasks.stream()
            .anyMatch(task -> !task.isCanary()
                && task.progress() == ServingTask.Progress.RUNNING
                && registrants.containsKey(task.service()));
  }

  /**
   * Whether a service should have tasks, but none of it was seen: then the reading is behind the
   * world, and says nothing of which tasks are gone.
   */
  boolean isBlind() {
    Set<ServiceName> withTasks = tasks.stream()
        .filter(task -> !task.isCanary())
        .map(ServingTask::service)
        .collect(Collectors.toSet());
    return registrants.entrySet().stream()
        .anyMatch(each -> each.getValue().shouldBeSeen() && !withTasks.contains(each.getKey()));
  }
}
