package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sees a storm come, stand and end.
 *
 * <ol>
 *   <li>It begins when at least three are sick, and more of the fleet than the limit says, or all
 *       of one zone and none elsewhere.
 *   <li>While it holds, each that falls ill holds it longer.
 *   <li>After that, one falling ill holds it again if it is a successor of the round, or if the
 *       measure of a beginning is still met.
 *   <li>A round is over when as many as it stopped have come up well since, or the fleet's services
 *       all have what they should; twice as many are next.
 *   <li>It ends when none is sick, and all of the fleet was read; else, an hour after the last one
 *       fell ill.
 * </ol>
 */
final class StormWatch {
  private static final int LEAST = 3;

  private final List<ServiceState> services;
  private final List<ServiceState> unread;
  private final boolean allRead;
  private final List<Sick> sick;
  private final ReplacementLimits limits;
  private final ReplacementMarks marks;
  private final Instant now;
  private final Optional<String> evidence;

  /** {@code sick}: those that nothing else explains. */
  StormWatch(
      ReplacementSnapshot seen,
      List<Sick> sick,
      ReplacementLimits limits,
      ReplacementMarks marks,
      Instant now) {
    this.services = seen.services();
    this.unread = seen.unread();
    this.allRead = seen.isAllRead();
    this.sick = sick;
    this.limits = limits;
    this.marks = marks;
    this.now = now;
    this.evidence = sick.size() < LEAST ? Optional.empty() : share().or(this::zone);
  }

  /** The storm as it is now, if there is one; {@code fell} is when the last of them fell ill. */
  Optional<Storm> next(Instant fell) {
    if (sick.isEmpty()) {
      return marks
          .storm()
          .filter(
              storm -> !allRead && now.isBefore(storm.last().plus(ReplacementPlanner.UNREAD_KEPT)));
    }
    Map<ServiceName, Integer> counts = sick.stream()
        .collect(
            Collectors.groupingBy(each -> each.service().name(), Collectors.summingInt(_ -> 1)));
    return marks
        .storm()
        .map(storm -> later(storm, counts))
        .or(() -> evidence.map(_ -> Storm.begun(fell, counts)));
  }

  private Storm later(Storm storm, Map<ServiceName, Integer> counts) {
    boolean successor = storm
        .round()
        .filter(began -> sick.stream().anyMatch(each -> each.startedAfter(began)))
        .isPresent();
    boolean matters = storm.isHolding(limits, now) || evidence.isPresent();
    if (successor || (matters && storm.hasGrown(counts))) {
      return Storm.begun(now, counts);
    }
    Storm seen = storm.seeing(counts);
    return storm
        .round()
        .filter(began -> isOver(seen, began) || seen.isOverdue(now))
        .map(began -> seen.afterRound(isOver(seen, began)))
        .orElse(seen);
  }

  private boolean isOver(Storm storm, Instant began) {
    long well = services.stream()
        .flatMap(service -> running(service)
            .filter(task -> task.startedAt().map(began::isBefore).orElse(false))
            .filter(task -> Sick.isWell(service, task)))
        .count();
    return well >= storm.stopped() || (allRead && services.stream().allMatch(this::isFull));
  }

  private boolean isFull(ServiceState service) {
    Budget budget = new Budget(service, marks::isStopped, limits);
    long serving = running(service).filter(budget::isServing).count();
    return serving >= service.desired();
  }

  private Stream<TaskState> running(ServiceState service) {
    return service.tasks().orElse(List.of()).stream()
        .filter(task -> task.running() && !marks.isStopped(task));
  }

  /** Why it is a storm; empty when it is none. */
  Optional<String> evidence() {
    return evidence;
  }

  private Optional<String> share() {
    int all = (int) services.stream().flatMap(this::running).count()
        + unread.stream().mapToInt(ServiceState::running).sum();
    return limits.isStorm(sick.size(), all)
        ? Optional.of("%d of the fleet's %d collectors are sick, more than %d%%"
            .formatted(sick.size(), all, limits.stormPercent()))
        : Optional.empty();
  }

  private Optional<String> zone() {
    Set<String> zones = new HashSet<>();
    sick.forEach(each -> zones.add(each.task().place().zone()));
    String zone = zones.iterator().next();
    if (zones.size() != 1 || zone.isEmpty() || !unread.isEmpty()) {
      return Optional.empty();
    }
    long there = services.stream()
        .flatMap(this::running)
        .filter(task -> task.place().zone().equals(zone))
        .count();
    return sick.size() >= there
        ? Optional.of(
            "all %d collectors in %s are sick, and none elsewhere".formatted(sick.size(), zone))
        : Optional.empty();
  }
}
