package dev.shepherd.local.scenario;

import java.time.Instant;

/**
 * What a function last said of a subject.
 *
 * @param time when the run began that said it
 */
record Said(Instant time, String decision, String reason) {
  /** The function could not reconcile it. */
  boolean isFailure() {
    return decision.equals("ReconcileFailed");
  }
}
