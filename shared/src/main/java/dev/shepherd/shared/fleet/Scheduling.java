package dev.shepherd.shared.fleet;

import java.time.Duration;

/**
 * How ECS keeps a service's tasks.
 *
 * @param daemon one task on each container instance, instead of a desired count
 * @param maximumPercent how many tasks a deployment may hold, in percent of the desired count; with
 *     200 and more a successor starts before its task is stopped
 * @param healthGrace for so long after a task's start ECS does not act on its health
 */
public record Scheduling(boolean daemon, int maximumPercent, Duration healthGrace) {
  private static final int TWICE = 200;

  /** What a service has that says nothing else. */
  public static final Scheduling USUAL = new Scheduling(false, TWICE, Duration.ZERO);

  /** Whether a forced deployment of a service of one starts the successor first. */
  public boolean startsSuccessorFirst() {
    return !daemon && maximumPercent >= TWICE;
  }
}
