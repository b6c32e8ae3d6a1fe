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
 * are seen by one look, at the first run after a pause, which is the schedule's at the latest
 * (docs/adr/0028, 0035). The pause is 15 s for canaries and the grace time for ECS's own: what is
 * wrong with those is touched only when two looks so far apart have seen it. What is owed is lost
 * with this instance, as an event may be.
 */
final class Bursts {
  private static final Duration APART = Duration.ofSeconds(15);

  private final Duration ofServices;

  /** By service or task, so that many events of one are one. */
  private final Map<Object, Hint> owed = new LinkedHashMap<>();

  private Instant looked = Instant.MIN;

  /** What a task of Shepherd's own is known by. */
  private record TaskName(String cluster, String task) {}

  /** @param grace the time between the two looks that a change to ECS's own registration takes */
  Bursts(Duration grace) {
    this.ofServices = grace.compareTo(APART) > 0 ? grace : APART;
  }

  /** The hints to look for now, with those that were put off long enough. */
  List<Hint> due(List<Hint> hints, Instant now) {
    List<Hint> due = new ArrayList<>();
    for (Hint hint : hints) {
      switch (hint) {
        case Hint.OfService of when of.ofItsTask() -> owed.put(of.service(), hint);
        case Hint.OfTask of
        when of.ending() -> owed.put(new TaskName(of.cluster(), of.task()), hint);
        case Hint.OfService _,
            Hint.OfDeployment _,
            Hint.OfTask _,
            Hint.OfFleet _,
            Hint.Everywhere _ -> due.add(hint);
      }
    }
    boolean canaries = owed.keySet().stream().anyMatch(TaskName.class::isInstance);
    if (!due.isEmpty() || !looked.isAfter(now.minus(canaries ? APART : ofServices))) {
      due.addAll(owed.values());
      owed.clear();
    }
    if (!due.isEmpty()) {
      looked = now;
    }
    return due;
  }
}
