package dev.shepherd.shared.fleet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What matters of a task-definition revision.
 *
 * @param arn its full ARN
 * @param revision its number within its family
 * @param collectors the containers that take a fleet's config
 * @param servicePattern whether every essential container is a collector: the collector is the
 *     service, and not a sidecar of an app
 * @param madeFrom for a revision that Shepherd made, the revision that it was made from
 * @param executionRole the ARN of the role that reads the config for the task; absent without one
 * @param obstacles what keeps a copy of a task from running beside the others
 * @param containers all of its containers, collectors or not
 */
public record TaskDefinitionState(
    String arn,
    int revision,
    List<Collector> collectors,
    boolean servicePattern,
    Optional<Integer> madeFrom,
    Optional<String> executionRole,
    Set<Obstacle> obstacles,
    List<ContainerTraits> containers) {
  public TaskDefinitionState {
    collectors = List.copyOf(collectors);
    obstacles = Set.copyOf(obstacles);
    containers = List.copyOf(containers);
  }

  /** The same revision with the collectors of one fleet alone. */
  public TaskDefinitionState of(FleetName fleet) {
    List<Collector> own =
        collectors.stream().filter(c -> c.reference().fleet().equals(fleet)).toList();
    return with(own);
  }

  /** The same revision with these collectors. */
  public TaskDefinitionState with(List<Collector> others) {
    return new TaskDefinitionState(
        arn, revision, others, servicePattern, madeFrom, executionRole, obstacles, containers);
  }
}
