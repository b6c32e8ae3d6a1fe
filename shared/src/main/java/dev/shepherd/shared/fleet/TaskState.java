package dev.shepherd.shared.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task of a service, as ECS shows it.
 *
 * @param id the last part of its ARN
 * @param taskDefinition the full ARN of its revision
 * @param deployment the id of the deployment that started it
 * @param running desired and last status are RUNNING
 * @param startedAt when it came to RUNNING; absent before that
 * @param stop why it ended, or is about to; absent while it should run
 * @param place where it runs
 */
public record TaskState(
    String id,
    String taskDefinition,
    String deployment,
    boolean running,
    Optional<Instant> startedAt,
    Optional<Stop> stop,
    Place place,
    List<ContainerState> containers) {
  /**
   * The end of a task.
   *
   * @param code ECS's <a
   *     href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html">stop
   *     code</a>, {@code EssentialContainerExited}
   * @param reason its text, which is for people
   * @param at when ECS began to stop it
   */
  public record Stop(String code, String reason, Instant at) {}

  /**
   * Where a task runs.
   *
   * @param zone its availability zone; empty while ECS shows none
   * @param host the last part of its container instance's ARN; absent on Fargate
   */
  public record Place(String zone, Optional<String> host) {
    /** ECS shows nothing of it yet. */
    public static final Place UNKNOWN = new Place("", Optional.empty());
  }

  public TaskState {
    containers = List.copyOf(containers);
  }

  /** The container of that name; absent when ECS shows none. */
  public Optional<ContainerState> container(String name) {
    return containers.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
