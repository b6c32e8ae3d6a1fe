package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Progress;
import java.util.Optional;
import java.util.Set;

/** An instance that should not be there. */
record Stale(Instance instance, Cause cause) {
  /** Why, in the order in which they are taken out. */
  enum Cause {
    GONE("its canary task is gone"),
    ELSEWHERE("its canary task's service does not register here"),
    UNHEALTHY("its canary task is unhealthy"),
    DRAINED("its task is tagged shepherd:drain=true, to be stopped"),
    REUSED("its task is gone, and its address is another's by now"),
    ORPHAN("its task is gone, and ECS has left it behind");

    private final String reason;

    Cause(String reason) {
      this.reason = reason;
    }

    String reason() {
      return reason;
    }

    /** Whether ECS should have taken it out by itself. */
    boolean isEcsOwn() {
      return switch (this) {
        case REUSED, ORPHAN -> true;
        case GONE, ELSEWHERE, UNHEALTHY, DRAINED -> false;
      };
    }

    /** Whether it rests on a task that was not seen. */
    boolean isAbsence() {
      return switch (this) {
        case GONE, REUSED, ORPHAN -> true;
        case ELSEWHERE, UNHEALTHY, DRAINED -> false;
      };
    }
  }

  String id() {
    return instance.id();
  }

  /** Whether the instance of this canary should not be there. */
  static Optional<Stale> ofCanary(
      Instance instance, Optional<ServingTask> seen, Set<ServiceName> registrants) {
    return ofCanary(seen, registrants).map(cause -> new Stale(instance, cause));
  }

  private static Optional<Cause> ofCanary(
      Optional<ServingTask> seen, Set<ServiceName> registrants) {
    if (seen.isEmpty()
        || seen.get().progress() == Progress.ENDING
        || seen.get().progress() == Progress.ENDED) {
      return Optional.of(Cause.GONE);
    }
    ServingTask task = seen.get();
    if (!registrants.contains(task.service())) {
      return Optional.of(Cause.ELSEWHERE);
    }
    if (task.health() == Health.UNHEALTHY) {
      return Optional.of(Cause.UNHEALTHY);
    }
    return task.drained() ? Optional.of(Cause.DRAINED) : Optional.empty();
  }

  /**
   * Whether ECS's instance of this service's task should not be there. One that ends, or is
   * unhealthy, ECS takes out by itself.
   *
   * @param addresses of the tasks that run
   */
  static Optional<Stale> ofService(
      Instance instance, Optional<ServingTask> seen, Set<String> addresses) {
    if (seen.isEmpty() || seen.get().progress() == Progress.ENDED) {
      boolean reused = instance.address().filter(addresses::contains).isPresent();
      return Optional.of(new Stale(instance, reused ? Cause.REUSED : Cause.ORPHAN));
    }
    return seen.get().drained()
        ? Optional.of(new Stale(instance, Cause.DRAINED))
        : Optional.empty();
  }
}
