package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What replacing a fleet's collectors has to remember because ECS does not tell it.
 *
 * @param sick when each was first seen sick, by the task's first {@value #DIGITS} digits; not in a
 *     storm
 * @param stopped when each was stopped; written before it is
 * @param storm the storm over the fleet
 * @param loops the last replacement of each service, for as long as its successors are young
 * @param asked the restarts that were asked for
 */
public record ReplacementMarks(
    Map<String, Instant> sick,
    Map<String, Instant> stopped,
    Optional<Storm> storm,
    Map<ServiceName, Loop> loops,
    Map<ServiceName, Asked> asked) {
  private static final int DIGITS = 12;

  /**
   * So long a task that was stopped may still be seen running: a read may be a minute old, and a
   * run's last stop follows its marks by a minute at most.
   */
  static final Duration REMEMBERED = Duration.ofMinutes(2);

  /** So many stopped ones fit beside everything else; no task is stopped that is not remembered. */
  static final int MOST_STOPPED = 200;

  /** Nothing to remember. */
  public static final ReplacementMarks NONE =
      new ReplacementMarks(Map.of(), Map.of(), Optional.empty(), Map.of(), Map.of());

  public ReplacementMarks {
    sick = Map.copyOf(sick);
    stopped = Map.copyOf(stopped);
    loops = Map.copyOf(loops);
    asked = Map.copyOf(asked);
  }

  /** A task's id as it is remembered. */
  static String id(String task) {
    return task.substring(0, Math.min(DIGITS, task.length()));
  }

  boolean isStopped(TaskState task) {
    return stopped.containsKey(id(task.id()));
  }

  /** How many more may be stopped. */
  int room() {
    return Math.max(0, MOST_STOPPED - stopped.size());
  }

  /**
   * Whether these say more than what is stored: what has only grown old there is not worth a write,
   * until nothing is left.
   */
  public boolean isNews(ReplacementMarks stored) {
    return !equals(stored)
        && (equals(NONE)
            || !sick.equals(stored.sick)
            || !storm.equals(stored.storm)
            || !asked.equals(stored.asked)
            || !stored.stopped.entrySet().containsAll(stopped.entrySet())
            || !stored.loops.entrySet().containsAll(loops.entrySet()));
  }

  /** Without what is too old to be seen in any read. */
  ReplacementMarks at(Instant now) {
    return new ReplacementMarks(
        sick, kept(stopped, time -> time.plus(REMEMBERED).isAfter(now)), storm, loops, asked);
  }

  private static <K, V> Map<K, V> kept(Map<K, V> all, Predicate<V> holds) {
    return all.entrySet().stream()
        .filter(entry -> holds.test(entry.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  ReplacementMarks withSick(Map<String, Instant> seen) {
    return new ReplacementMarks(seen, stopped, storm, loops, asked);
  }

  ReplacementMarks with(Optional<Storm> other) {
    return new ReplacementMarks(sick, stopped, other, loops, asked);
  }

  ReplacementMarks withLoops(Map<ServiceName, Loop> others) {
    return new ReplacementMarks(sick, stopped, storm, others, asked);
  }

  ReplacementMarks withAsked(Map<ServiceName, Asked> others) {
    return new ReplacementMarks(sick, stopped, storm, loops, others);
  }

  ReplacementMarks stopping(Collection<String> tasks, Instant now) {
    Map<String, Instant> all = new HashMap<>(stopped);
    tasks.forEach(task -> all.put(id(task), now));
    return new ReplacementMarks(sick, all, storm, loops, asked);
  }

  /** These were not stopped after all. */
  public ReplacementMarks withdrawing(Collection<String> tasks) {
    Map<String, Instant> all = new HashMap<>(stopped);
    tasks.forEach(task -> all.remove(id(task)));
    return new ReplacementMarks(
        sick, all, storm.map(round -> round.less(tasks.size())), loops, asked);
  }
}
