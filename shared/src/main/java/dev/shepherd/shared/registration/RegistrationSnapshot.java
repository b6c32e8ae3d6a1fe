package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One Cloud Map service and the tasks that belong in it. Its instances were listed before the tasks
 * were read: a task that has no instance may just have started, but an instance that has no task is
 * stale.
 *
 * @param registry the Cloud Map service's id
 * @param partial why not all of it could be read; then nothing is done
 * @param clusters the clusters that were looked in
 * @param registrants the ECS services that register in it, with how many of their tasks run
 * @param instances all instances that it holds
 * @param tasks those that belong in it, and the tasks of those of its instances that are Shepherd's
 * @param customHealth whether callers may say how an instance is
 * @param underWay instances that an earlier run's operation still works on
 */
public record RegistrationSnapshot(
    String registry,
    Optional<String> partial,
    Set<String> clusters,
    Map<ServiceName, Integer> registrants,
    List<Instance> instances,
    List<ServingTask> tasks,
    boolean customHealth,
    Set<String> underWay) {
  public RegistrationSnapshot {
    clusters = Set.copyOf(clusters);
    registrants = Map.copyOf(registrants);
    instances = List.copyOf(instances);
    tasks = List.copyOf(tasks);
    underWay = Set.copyOf(underWay);
  }

  /** Whether ECS runs a task for one of the services that register here. */
  boolean serves() {
    return registrants.values().stream().anyMatch(running -> running > 0);
  }
}
