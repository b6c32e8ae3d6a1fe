package dev.shepherd.shared.replacement;

import java.time.Duration;
import java.time.Instant;

/**
 * A restart that ConfigRollout was asked for.
 *
 * @param task the sick task, as it is remembered
 * @param at when it was asked last
 * @param times how often, for this task
 */
public record Asked(String task, Instant at, int times) {
  /** The schedule does not come to the second. */
  private static final Duration EARLY = Duration.ofSeconds(30);

  private static final int OFTEN = 3;

  /** When it is asked again: at the next three schedules, then every four minutes. */
  Instant next() {
    return at.plus(Duration.ofMinutes(times <= OFTEN ? 1 : 4)).minus(EARLY);
  }
}
