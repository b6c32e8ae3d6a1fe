package dev.shepherd.local.scenario;

import java.time.Instant;

/**
 * What a function last said of a subject.
 *
 * @param time when the run began that said it
 */
record Said(Instant time, String function, String subject, String decision, String reason) {
  /** It could not be reconciled. */
  boolean isFailure() {
    return decision.equals("ReconcileFailed");
  }
}
