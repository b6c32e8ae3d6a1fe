package dev.shepherd.local.scenario;

import dev.shepherd.local.scenario.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The entries of a run by their time, and at one time in the order in which they came. A decision
 * that says again what the last one of that function on that subject said, but for the seconds that
 * it counts down, is left out: a look every minute would drown the rest. So is, of a reason's
 * parts, what does no more than count down further.
 */
final class Timeline {
  private static final Pattern COUNTDOWN = Pattern.compile("\\b\\d+ s\\b");

  private record Speaker(String function, String subject) {}

  private final List<TimelineEntry> entries = new ArrayList<>();
  private final Map<Speaker, List<String>> last = new HashMap<>();
  private final Map<String, Said> newest = new HashMap<>();
  private final Map<String, Said> failures = new HashMap<>();
  private final InstantSource clock;
  private final Instant start;
  private final int most;

  /** @param most how many entries are kept; the oldest go first */
  Timeline(InstantSource clock, int most) {
    this.clock = clock;
    this.most = most;
    start = clock.instant();
  }

  /** Something that a function changed and anyone can see. */
  void world(String function, String subject, String text) {
    add(Kind.WORLD, function, subject, text, "");
  }

  /** A step of the scenario; what is decided about its subject next is news. */
  void step(String subject, String text) {
    last.keySet().removeIf(speaker -> subject.endsWith(speaker.subject));
    add(Kind.WORLD, "", subject, text, "");
  }

  void event(String subject, String text) {
    event(subject, text, "");
  }

  void event(String subject, String text, String reason) {
    add(Kind.EVENT, "", subject, text, reason);
  }

  void action(String function, String subject, String text) {
    add(Kind.ACTION, function, subject, text, "");
  }

  /** A decision is known when the run has ended, and counts as made when it began. */
  void decision(Instant time, String function, String subject, String text, String reason) {
    Said said = new Said(time, text, reason);
    newest.put(subject, said);
    if (said.isFailure()) {
      failures.put(subject, said);
    }
    List<String> parts = List.of(reason.split("; "));
    List<String> standing = parts.stream().map(Timeline::withoutCountdown).toList();
    List<String> before =
        Optional.ofNullable(last.put(new Speaker(function, subject), standing)).orElse(List.of());
    List<String> news = parts.stream()
        .filter(part -> !COUNTDOWN.matcher(part).find() || !before.contains(withoutCountdown(part)))
        .toList();
    if (!standing.equals(before) && !news.isEmpty()) {
      add(time, Kind.DECISION, function, subject, text, String.join("; ", news));
    }
  }

  private static String withoutCountdown(String part) {
    return COUNTDOWN.matcher(part).replaceAll("");
  }

  /** What was last said of this subject, repetitions included. */
  Optional<Said> newest(String subject) {
    return Optional.ofNullable(newest.get(subject));
  }

  /** What was last said of any subject. */
  Optional<Said> newest() {
    return newest.values().stream().max(Comparator.comparing(Said::time));
  }

  /** How it last failed, long ago perhaps. */
  Optional<Said> failure(String subject) {
    return Optional.ofNullable(failures.get(subject));
  }

  /** What entries count their time from. */
  Instant start() {
    return start;
  }

  private void add(Kind kind, String function, String subject, String text, String reason) {
    add(clock.instant(), kind, function, subject, text, reason);
  }

  private void add(
      Instant time, Kind kind, String function, String subject, String text, String reason) {
    TimelineEntry entry =
        new TimelineEntry(Duration.between(start, time), kind, function, subject, text, reason);
    int place = entries.size();
    while (place > 0 && entries.get(place - 1).at().compareTo(entry.at()) > 0) {
      place--;
    }
    entries.add(place, entry);
    if (entries.size() > most) {
      entries.removeFirst();
    }
  }

  /** The last entries, oldest first. */
  List<TimelineEntry> last(int count) {
    return List.copyOf(entries.subList(Math.max(0, entries.size() - count), entries.size()));
  }

  List<TimelineEntry> entries() {
    return List.copyOf(entries);
  }
}
