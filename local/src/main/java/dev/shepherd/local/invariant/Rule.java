package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Invocation;

/** One thing that must hold; what it does not care about it does not implement. */
interface Rule {
  /** An act that is about to take effect; it counts only if it does. */
  default void before(Act act, Checks checks) {}

  /** The act has taken effect. */
  default void after(Act act) {}

  /** Something was told on the bus. */
  default void event(ObjectNode event, Checks checks) {}

  /** A run has ended. */
  default void ended(Invocation run, Checks checks) {}
}
