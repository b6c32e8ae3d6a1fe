package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that stands between a caller and the world: it may refuse a call before it has an
 * effect, or lose the answer after it had one, by throwing.
 */
public interface CallHook {
  /** {@code operation} is {@code ecs:DescribeTasks}; the request is not to be changed. */
  default void before(String operation, ObjectNode request) {}

  /** The call has had its effect. */
  default void after(String operation, ObjectNode request) {}

  /** This answer is on its way to the caller; it is not to be changed. */
  default void answered(String operation, ObjectNode request, ObjectNode answer) {}

  /** The call is over, answered or refused. */
  default void ended() {}
}
