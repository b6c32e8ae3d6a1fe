package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.List;

/** What to do about sick collectors of one service, or about none; always with the evidence. */
public sealed interface ReplacementDecision {
  String reason();

  /** It concerns tasks of a service. */
  sealed interface OfService extends ReplacementDecision {
    ServiceName service();

    /** The ids of the tasks; only {@link Guard#PARTIAL} has none. */
    List<String> tasks();
  }

  /** Stop these tasks; ECS starts their successors. Never empty. */
  record Replace(ServiceName service, List<String> tasks, Cause cause, String reason)
      implements OfService {
    public Replace {
      tasks = List.copyOf(tasks);
      if (tasks.isEmpty()) {
        throw new IllegalArgumentException("Replace needs at least one task");
      }
    }
  }

  /** Ask for a forced deployment: the only task's successor has to start first. */
  record Restart(ServiceName service, String task, Cause cause, String reason)
      implements OfService {
    @Override
    public List<String> tasks() {
      return List.of(task);
    }
  }

  /** Replace none of these while the cause stands. */
  record Hold(ServiceName service, List<String> tasks, Cause cause, String reason)
      implements OfService {
    public Hold {
      tasks = List.copyOf(tasks);
    }
  }

  /** Leave these for now. */
  record Wait(ServiceName service, List<String> tasks, Guard guard, String reason)
      implements OfService {
    public Wait {
      tasks = List.copyOf(tasks);
    }
  }

  /** No collector of the fleet is sick. */
  record Well(String reason) implements ReplacementDecision {}
}
