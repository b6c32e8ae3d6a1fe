package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The last replacement of each service, and whether its successors fall ill again and again. In a
 * storm nothing is a loop: successors are counted by its rounds.
 */
final class Loops {
  private final Map<ServiceName, Loop> last;
  private final Map<ServiceName, List<Sick>> sick;
  private final Function<Sick, Instant> since;
  private final boolean storm;
  private final Instant now;

  Loops(
      Map<ServiceName, Loop> remembered,
      Map<ServiceName, List<Sick>> sick,
      Function<Sick, Instant> since,
      boolean storm,
      Instant now) {
    this.last = new HashMap<>(remembered);
    this.sick = sick;
    this.since = since;
    this.storm = storm;
    this.now = now;
  }

  /** The loop that holds the service's replacements now. */
  Optional<Loop> holding(ServiceState service) {
    return crashing(service).filter(each -> each.isCrashing() && now.isBefore(each.until()));
  }

  /** Tasks of the service are replaced now. */
  void replacing(ServiceState service) {
    int row = crashing(service).map(loop -> loop.row() + 1).orElse(0);
    last.put(service.name(), new Loop(now, row));
  }

  /** What is to be remembered: those whose successors are young, or fell ill while they were. */
  Map<ServiceName, Loop> next(List<ServiceState> services) {
    Set<ServiceName> crashing = services.stream()
        .filter(service -> Optional.ofNullable(last.get(service.name()))
            .filter(loop -> isCrashing(service, loop))
            .isPresent())
        .map(ServiceState::name)
        .collect(Collectors.toSet());
    Map<ServiceName, Loop> next = new HashMap<>(last);
    next.entrySet()
        .removeIf(each -> !crashing.contains(each.getKey())
            && each.getValue().at().plus(Loop.YOUNG).isBefore(now));
    return next;
  }

  private Optional<Loop> crashing(ServiceState service) {
    return Optional.ofNullable(last.get(service.name()))
        .filter(loop -> !storm && isCrashing(service, loop));
  }

  /** Whether at least half of the successors of the service's last replacement fell ill young. */
  private boolean isCrashing(ServiceState service, Loop loop) {
    long successors = service.tasks().orElse(List.of()).stream()
        .filter(
            task -> task.running() && task.startedAt().map(loop.at()::isBefore).orElse(false))
        .count();
    long ill = sick.getOrDefault(service.name(), List.of()).stream()
        .filter(each -> each.startedAfter(loop.at()))
        .filter(
            each -> each.task().startedAt().orElse(now).plus(Loop.YOUNG).isAfter(since.apply(each)))
        .count();
    return ill > 0 && ill * 2 >= successors;
  }
}
