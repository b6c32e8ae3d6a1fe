package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import java.time.Instant;

/**
 * A call of a function that changes something.
 *
 * @param operation {@code ecs:StopTask}
 */
record Act(Caller caller, Instant at, String operation, ObjectNode request) {
  boolean is(String name) {
    return operation.equals(name);
  }

  /** A member of the request; empty where it is not there. */
  String text(String member) {
    return request.path(member).asText();
  }

  /** The end of a member that is a name or an ARN. */
  String name(String member) {
    String text = text(member);
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return caller.function() + "'s " + operation.substring(operation.indexOf(':') + 1);
  }
}
