package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Progress;
import java.util.Optional;
import java.util.Set;

/** An instance of Shepherd's that should not be there. */
record Stale(String instance, Cause cause) {
  /** Why, in the order in which they are taken out. */
  enum Cause {
    GONE("its canary task is gone"),
    ELSEWHERE("its canary task's service does not register here"),
    UNHEALTHY("its canary task is unhealthy"),
    DRAINED("its canary task is tagged shepherd:drain=true, to be stopped");

    private final String reason;

    Cause(String reason) {
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** Why the instance of this task should not be there; empty when it should. */
  static Optional<Stale> of(
      String instance, Optional<ServingTask> seen, Set<ServiceName> registrants) {
    return cause(seen, registrants).map(cause -> new Stale(instance, cause));
  }

  private static Optional<Cause> cause(Optional<ServingTask> seen, Set<ServiceName> registrants) {
    if (seen.isEmpty()) {
      return Optional.of(Cause.GONE);
    }
    ServingTask task = seen.get();
    if (task.progress() == Progress.ENDING) {
      return Optional.of(Cause.GONE);
    }
    if (!registrants.contains(task.service())) {
      return Optional.of(Cause.ELSEWHERE);
    }
    if (task.health() == Health.UNHEALTHY) {
      return Optional.of(Cause.UNHEALTHY);
    }
    return task.drained() ? Optional.of(Cause.DRAINED) : Optional.empty();
  }
}
