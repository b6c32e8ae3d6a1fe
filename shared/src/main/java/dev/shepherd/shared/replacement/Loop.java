package dev.shepherd.shared.replacement;

import java.time.Duration;
import java.time.Instant;

/**
 * The last replacement in a service.
 *
 * @param at when
 * @param row how many times in a row it replaced successors that had fallen ill
 */
public record Loop(Instant at, int row) {
  /** A successor that falls ill later than this after its start is no sign of a loop. */
  static final Duration YOUNG = Duration.ofMinutes(10);

  private static final int HELD_AT = 3;
  private static final Duration FIRST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Whether its successors' falling ill once more makes it a crash loop. */
  boolean isCrashing() {
    return row + 1 >= HELD_AT;
  }

  /** When it is tried again: after 10 minutes, twice as long each time, after an hour at most. */
  Instant until() {
    Duration pause = FIRST.multipliedBy(1L << Math.min(row + 1 - HELD_AT, 6));
    return at.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }
}
