package dev.shepherd.functions.event;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Instant;

/** Where an event says to look. It says nothing about what is to be seen there. */
public sealed interface Hint {
  /** When the event says that it happened; whole seconds, cut off. */
  Instant time();

  /** A fleet's config parameter was written or deleted. */
  record OfFleet(FleetName fleet, Instant time) implements Hint {}

  /**
   * Something happened to a service, which may take a fleet's config.
   *
   * @param ofItsTask whether to one of the tasks that ECS runs for it: of these there are many
   */
  record OfService(ServiceName service, Instant time, boolean ofItsTask) implements Hint {}

  /**
   * A deployment of a service moved on.
   *
   * @param deployment its id, {@code ecs-svc/…}
   */
  record OfDeployment(ServiceName service, String deployment, Stage stage, Instant time)
      implements Hint {}

  /** How far a deployment is said to be. */
  enum Stage {
    /** It has begun; ECS says so also of the one that it rolls back to. */
    STARTED,
    COMPLETED,
    FAILED
  }

  /**
   * Something happened to one of Shepherd's own tasks.
   *
   * @param cluster its cluster's name
   * @param task the last part of its ARN
   * @param ending whether it is being stopped, or has stopped
   */
  record OfTask(String cluster, String task, Instant time, boolean ending) implements Hint {}

  /** The schedule: look everywhere. */
  record Everywhere(Instant time) implements Hint {}
}
