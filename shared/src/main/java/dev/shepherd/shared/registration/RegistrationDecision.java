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

  /** Leave these as they are. Never empty, but for {@link Guard#PARTIAL}. */
  record Leave(Guard guard, List<String> instances, String reason) implements RegistrationDecision {
    public Leave {
      instances = List.copyOf(instances);
      if (instances.isEmpty() && guard != Guard.PARTIAL) {
        throw new IllegalArgumentException("Leave needs at least one instance");
      }
    }
  }

  /** What holds an instance as it is. */
  enum Guard {
    /** Not everything could be read. */
    PARTIAL,
    /** Somebody registered it. */
    FOREIGN,
    /** ECS registered it. */
    NOT_OURS,
    /** Its task does not run yet. */
    YOUNG,
    /** Its task is about to be stopped: it is not registered any more. */
    DRAINED,
    /** Its task cannot be reached in a way that could be registered. */
    UNREACHABLE,
    /** An earlier run's operation is not over. */
    UNDER_WAY,
    /** Without it the service would have no instance, though it has a running task. */
    LAST,
    /** This run has taken out as many as it may. */
    TOO_MANY;

    /** Whether something waits that people may have to know of. */
    public boolean holds() {
      return switch (this) {
        case PARTIAL, UNREACHABLE, LAST, TOO_MANY -> true;
        case FOREIGN, NOT_OURS, YOUNG, DRAINED, UNDER_WAY -> false;
      };
    }
  }
}
