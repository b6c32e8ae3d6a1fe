package dev.shepherd.local.scenario;

import dev.shepherd.local.scenario.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a run in the order in which they came. A decision that says again what the last
 * one of that function on that subject said is left out: a look every minute would drown the rest.
 */
final class Timeline {
  private final List<TimelineEntry> entries = new ArrayList<>();
  private final Map<String, String> last = new HashMap<>();
  private final InstantSource clock;
  private final Instant start;
  private final int most;

  /** @param most how many entries are kept; the oldest go first */
  Timeline(InstantSource clock, int most) {
    this.clock = clock;
    this.most = most;
    start = clock.instant();
  }

  void world(String function, String subject, String text) {
    add(Kind.WORLD, function, subject, text, "");
  }

  void event(String subject, String text) {
    add(Kind.EVENT, "", subject, text, "");
  }

  void action(String function, String subject, String text) {
    add(Kind.ACTION, function, subject, text, "");
  }

  void decision(String function, String subject, String text, String reason) {
    String said = text + '\n' + reason;
    if (!said.equals(last.put(function + '\n' + subject, said))) {
      add(Kind.DECISION, function, subject, text, reason);
    }
  }

  private void add(Kind kind, String function, String subject, String text, String reason) {
    if (entries.size() == most) {
      entries.removeFirst();
    }
    Duration at = Duration.between(start, clock.instant());
    entries.add(new TimelineEntry(at, kind, function, subject, text, reason));
  }

  List<TimelineEntry> entries() {
    return List.copyOf(entries);
  }
}
