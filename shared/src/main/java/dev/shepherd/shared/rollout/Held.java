package dev.shepherd.shared.rollout;

import java.time.Duration;
import java.time.Instant;

/**
 * A rollout that waits for what is not its fault.
 *
 * @param since when it was held
 * @param tries how often it was held before, with this candidate
 */
public record Held(String reason, Instant since, int tries) {
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** When it tries again: after 5 minutes, twice as long each time, after an hour at most. */
  public Instant until() {
    Duration pause = FIRST.multipliedBy(1L << Math.min(tries, 6));
    return since.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }
}
