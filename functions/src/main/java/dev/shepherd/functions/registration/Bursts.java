package dev.shepherd.functions.registration;

import dev.shepherd.functions.event.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps looks apart that can wait: those for the tasks that ECS runs for a service, whose
 * registrations ECS itself keeps, and those for canaries that stop. A deployment of fifty tasks
 * raises a hundred such events within a minute. The first is looked at at once; those that follow
 * within 15 seconds are seen by one look, at the first run after that, which is the schedule's at
 * the latest (docs/adr/0028). What is owed is lost with this instance, as an event may be.
 */
final class Bursts {
  private static final Duration APART = Duration.ofSeconds(15);

  /** By service or task, so that many events of one are one. */
  private final Map<Object, Hint> owed = new LinkedHashMap<>();

  private Instant looked = Instant.MIN;

  /** What a task of Shepherd's own is known by. */
  private record TaskName(String cluster, String task) {}

  /** The hints to look for now, with those that were put off long enough. */
  List<Hint> due(List<Hint> hints, Instant now) {
    List<Hint> due = new ArrayList<>();
    for (Hint hint : hints) {
      switch (hint) {
        case Hint.OfService of when of.ofItsTask() -> owed.put(of.service(), hint);
        case Hint.OfTask of
        when of.ending() -> owed.put(new TaskName(of.cluster(), of.task()), hint);
        case Hint.OfService _, Hint.OfTask _, Hint.OfFleet _, Hint.Everywhere _ -> due.add(hint);
      }
    }
    if (!due.isEmpty() || !looked.isAfter(now.minus(APART))) {
      due.addAll(owed.values());
      owed.clear();
    }
    if (!due.isEmpty()) {
      looked = now;
    }
    return due;
  }
}
