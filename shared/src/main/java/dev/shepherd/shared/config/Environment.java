package dev.shepherd.shared.config;

import java.util.Map;
import java.util.Set;

/**
 * What is known of the variables that the collector will see.
 *
 * @param values variables whose text is known
 * @param hidden variables that are set, to what cannot be seen
 * @param complete whether every other variable is unset, but for those that ECS and the image set
 */
record Environment(Map<String, String> values, Set<String> hidden, boolean complete) {
  /** Nothing is known. */
  static final Environment UNSEEN = new Environment(Map.of(), Set.of(), false);

  private static final Set<String> SET_BY_IMAGE = Set.of("PATH", "HOME", "HOSTNAME");

  /** What is known of one variable. */
  enum State {
    KNOWN,
    UNSET,
    UNSEEN
  }

  /** The environment of the container that a task definition describes. */
  static Environment of(TaskFacts.Container container) {
    return new Environment(
        container.environment(), container.secrets().keySet(), container.environmentComplete());
  }

  State state(String name) {
    if (values.containsKey(name)) {
      return State.KNOWN;
    }
    boolean settable = hidden.contains(name)
        || name.startsWith("AWS_")
        || name.startsWith("ECS_")
        || SET_BY_IMAGE.contains(name);
    return complete && !settable ? State.UNSET : State.UNSEEN;
  }

  String value(String name) {
    return values.getOrDefault(name, "");
  }
}
