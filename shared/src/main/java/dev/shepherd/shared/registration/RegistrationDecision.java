package dev.shepherd.shared.registration;

import java.util.List;
import java.util.Map;

/** What to do with one instance, or why some are left alone; always with the reason. */
public sealed interface RegistrationDecision {
  String reason();

  /** Something is done to one instance. */
  sealed interface Change extends RegistrationDecision {
    String instance();
  }

  /** Register an instance that is missing. */
  record Register(String instance, Map<String, String> attributes, String reason)
      implements Change {
    public Register {
      attributes = Map.copyOf(attributes);
    }
  }

  /** Take an instance out. */
  record Deregister(String instance, String reason) implements Change {}

  /** Register an instance again, with all its attributes as they should be. */
  record Correct(String instance, Map<String, String> attributes, String reason) implements Change {
    public Correct {
      attributes = Map.copyOf(attributes);
    }
  }

  /** Say that an instance is well, or that it is not. */
  record SetHealth(String instance, boolean healthy, String reason) implements Change {}

  /** Leave these as they are. Never empty, but where the guard is about all. */
  record Leave(Guard guard, List<String> instances, String reason) implements RegistrationDecision {
    public Leave {
      instances = List.copyOf(instances);
      if (instances.isEmpty() && !guard.closes()) {
        throw new IllegalArgumentException("Leave needs at least one instance");
      }
    }
  }

  /** What holds an instance as it is. */
  enum Guard {
    /** Not everything could be read. */
    PARTIAL,
    /** The Cloud Map service is gone, though ECS services name it. */
    NO_SERVICE,
    /** ECS's Service Connect keeps it, and is only read. */
    SERVICE_CONNECT,
    /** Somebody registered it. */
    FOREIGN,
    /** ECS registered it for a task that is not of a fleet, or not where Shepherd looks. */
    NOT_OURS,
    /** Of a service that Shepherd may only report on. */
    UNMANAGED,
    /** Its task does not run yet. */
    STARTING,
    /** Seen so for too short a time: ECS may still put it right. */
    YOUNG,
    /** Its task is about to be stopped: it is not registered any more. */
    DRAINED,
    /** Its task cannot be reached in a way that could be registered. */
    UNREACHABLE,
    /** An earlier run's operation is not over. */
    UNDER_WAY,
    /** No task of a service was seen that should have some: nothing counts as gone. */
    BLIND,
    /** Without it the service would have no healthy instance, though it has a running task. */
    LAST,
    /** This run has taken out as many as it may. */
    TOO_MANY,
    /** The Cloud Map service holds as many instances as it can. */
    FULL;

    /** Whether something waits that people may have to know of. */
    public boolean holds() {
      return switch (this) {
        case PARTIAL, NO_SERVICE, UNREACHABLE, BLIND, LAST, TOO_MANY, FULL -> true;
        case SERVICE_CONNECT, FOREIGN, NOT_OURS, UNMANAGED, STARTING, YOUNG, DRAINED, UNDER_WAY ->
          false;
      };
    }

    /** Whether it is about the Cloud Map service as a whole. */
    boolean closes() {
      return switch (this) {
        case PARTIAL, NO_SERVICE, SERVICE_CONNECT -> true;
        case FOREIGN,
            NOT_OURS,
            UNMANAGED,
            STARTING,
            YOUNG,
            DRAINED,
            UNREACHABLE,
            UNDER_WAY,
            BLIND,
            LAST,
            TOO_MANY,
            FULL -> false;
      };
    }
  }
}
