package dev.shepherd.local.scenario;

import dev.shepherd.local.scenario.TimelineEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What was said in one run, and in the one before; a run may say several things of a subject. */
  private record Spoken(Instant run, Set<String> before, Set<String> said) {
    boolean has(String words) {
      return before.contains(words) || said.contains(words);
    }

    Spoken in(Instant time) {
      return time.equals(run) ? this : new Spoken(time, said, new HashSet<>());
    }
  }

  private final List<TimelineEntry> entries = new ArrayList<>();
  private final Map<Speaker, Spoken> last = new HashMap<>();
  private final Map<Speaker, Said> newest = new HashMap<>();
  private final Map<Speaker, Said> failures = new HashMap<>();
  private final Map<String, Instant> runs = new HashMap<>();
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
    Speaker speaker = new Speaker(function, subject);
    Said said = new Said(time, function, subject, text, reason);
    newest.put(speaker, said);
    if (said.isFailure()) {
      failures.put(speaker, said);
    }
    List<String> parts = List.of(reason.split("; "));
    List<String> standing = parts.stream().map(Timeline::withoutCountdown).toList();
    Spoken spoken =
        last.getOrDefault(speaker, new Spoken(time, Set.of(), new HashSet<>())).in(time);
    last.put(speaker, spoken);
    String whole = "all: " + String.join("; ", standing);
    List<String> news = parts.stream()
        .filter(part -> !COUNTDOWN.matcher(part).find() || !spoken.has(withoutCountdown(part)))
        .toList();
    boolean isNew = !spoken.has(whole) && !news.isEmpty();
    spoken.said.add(whole);
    spoken.said.addAll(standing);
    if (isNew) {
      add(time, Kind.DECISION, function, subject, text, String.join("; ", news));
    }
  }

  private static String withoutCountdown(String part) {
    return COUNTDOWN.matcher(part).replaceAll("");
  }

  /** A function's run has ended. */
  void ran(String function, Instant begun) {
    runs.merge(function, begun, (one, other) -> one.isAfter(other) ? one : other);
  }

  /** What this function last said of this subject, repetitions included. */
  Optional<Said> newest(String function, String subject) {
    return Optional.ofNullable(newest.get(new Speaker(function, subject)));
  }

  /** The failure of this subject, unless a later run of the function said otherwise of it. */
  Optional<Said> failing(String function, String subject) {
    return Optional.ofNullable(failures.get(new Speaker(function, subject)))
        .filter(failure -> newest(function, subject)
            .filter(said -> said.time().isAfter(failure.time()))
            .isEmpty());
  }

  /** All failures of the functions' last runs. */
  List<Said> failing() {
    return failures.values().stream()
        .filter(said -> !runs.getOrDefault(said.function(), said.time()).isAfter(said.time()))
        .sorted(Comparator.comparing(Said::function).thenComparing(Said::subject))
        .toList();
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
