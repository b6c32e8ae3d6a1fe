package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a reader sees of what changes: normally what is; while it looks back, what was. Of each
 * thing it keeps what was shown in the last {@link #LONGEST}, and only once asked to.
 */
public final class Sight {
  /** How far a reader can look back. */
  public static final Duration LONGEST = Duration.ofSeconds(30);

  private record Version(Instant since, Object shown) {}

  private final InstantSource clock;
  private final Map<String, Deque<Version>> versions = new HashMap<>();
  private boolean remembering;
  private Duration lag = Duration.ZERO;

  Sight(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on changes are remembered, so that a reader can look back. */
  public void remember() {
    remembering = true;
  }

  /** Until {@link #lookNow} readers see what was so long ago, at most {@link #LONGEST}. */
  public void lookBack(Duration lag) {
    this.lag = lag;
  }

  /** Readers see what is. */
  public void lookNow() {
    lag = Duration.ZERO;
  }

  /** A thing has changed, or has come; {@code shown} does not change any more. */
  void changed(String key, Supplier<?> shown) {
    if (!remembering) {
      return;
    }
    Deque<Version> known = versions.computeIfAbsent(key, _ -> new ArrayDeque<>());
    Instant now = clock.instant();
    known.addLast(new Version(now, shown.get()));
    while (known.size() > 1 && second(known).since.isBefore(now.minus(LONGEST))) {
      known.removeFirst();
    }
  }

  private static Version second(Deque<Version> known) {
    Iterator<Version> each = known.iterator();
    each.next();
    return each.next();
  }

  /** A thing is gone for good. */
  void forget(String key) {
    versions.remove(key);
  }

  /** What a reader sees of a thing that is there; empty where it was not there yet. */
  public <T> Optional<T> seen(String key, Class<T> type, Supplier<T> now) {
    Deque<Version> known = versions.get(key);
    if (lag.isZero() || known == null) {
      return Optional.of(now.get());
    }
    Instant then = clock.instant().minus(lag);
    Iterator<Version> newestFirst = known.descendingIterator();
    while (newestFirst.hasNext()) {
      Version version = newestFirst.next();
      if (!version.since.isAfter(then)) {
        return Optional.of(type.cast(version.shown));
      }
    }
    return Optional.empty();
  }

  /** Whether readers see what is. */
  public boolean isNow() {
    return lag.isZero();
  }
}
