package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.TaskState;
import java.util.Locale;

/**
 * A task that Shepherd started beside a service's own tasks, to try a config.
 *
 * @param service the service that it was copied from
 * @param config the hash that it reads
 * @param draining whether it is tagged to be taken out of Cloud Map
 * @param task as ECS shows it
 */
public record ExtraTask(
    Kind kind, ServiceName service, ConfigHash config, boolean draining, TaskState task) {
  /** What it is for. */
  public enum Kind {
    /** The collectors alone, without traffic. */
    PROBE,
    /** A copy of the service's task, with a share of its traffic. */
    CANARY
  }

  /** Whether it runs, or is to run. */
  boolean isUp() {
    return task.stop().isEmpty();
  }

  @Override
  public String toString() {
    return service + " " + kind.name().toLowerCase(Locale.ROOT) + " task " + task.id();
  }
}
