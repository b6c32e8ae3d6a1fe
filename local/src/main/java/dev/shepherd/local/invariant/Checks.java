package dev.shepherd.local.invariant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts what was held against an invariant, and keeps what did not hold. */
final class Checks {
  /** A broken rule breaks often; the first ones tell. */
  private static final int MOST = 100;

  private final InstantSource clock;
  private final Instant start;
  private final List<Violation> violations = new ArrayList<>();
  private final List<Violation> pending = new ArrayList<>();
  private long checked;
  private boolean waiting;

  Checks(InstantSource clock) {
    this.clock = clock;
    start = clock.instant();
  }

  /** What is held against a rule from now on waits for {@link #tookEffect}, or is forgotten. */
  void awaitEffect() {
    pending.clear();
    waiting = true;
  }

  void tookEffect() {
    pending.forEach(this::keep);
    forget();
  }

  void forget() {
    pending.clear();
    waiting = false;
  }

  /** Holds something against an invariant; {@code otherwise} says what is wrong. */
  void that(int invariant, boolean holds, Supplier<String> otherwise) {
    checked++;
    if (!holds) {
      Violation violation =
          new Violation(invariant, Duration.between(start, clock.instant()), otherwise.get());
      if (waiting) {
        pending.add(violation);
      } else {
        keep(violation);
      }
    }
  }

  private void keep(Violation violation) {
    if (violations.size() < MOST) {
      violations.add(violation);
    }
  }

  long checked() {
    return checked;
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
