package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A storm over a fleet, from its first look until none is sick.
 *
 * @param last when the last one fell ill
 * @param size how many the round that is under way, or the next one, may replace
 * @param stopped how many the round under way has replaced
 * @param round when the round under way began; absent between rounds
 * @param sick how many of each service were sick at most, less those that were replaced
 */
public record Storm(
    Instant last, int size, int stopped, Optional<Instant> round, Map<ServiceName, Integer> sick) {
  /** A round whose successors are not well by then is over, and was too large. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);

  /** Stands for all services where they are too many to be remembered one by one. */
  private static final ServiceName ALL = new ServiceName("*", "*");

  private static final int LARGEST = 1 << 16;

  public Storm {
    sick = Map.copyOf(sick);
  }

  static Storm begun(Instant last, Map<ServiceName, Integer> sick) {
    return new Storm(last, 1, 0, Optional.empty(), sick);
  }

  boolean isHolding(ReplacementLimits limits, Instant now) {
    return now.isBefore(until(limits));
  }

  Instant until(ReplacementLimits limits) {
    return last.plus(limits.stormHold());
  }

  /** Whether more of a service are sick than were; of the fleet where only that is known. */
  boolean hasGrown(Map<ServiceName, Integer> now) {
    Integer all = sick.get(ALL);
    return all != null
        ? sum(now) > all
        : now.entrySet().stream()
            .anyMatch(entry -> entry.getValue() > sick.getOrDefault(entry.getKey(), 0));
  }

  /** The same storm, with the fleet's sum alone. */
  public Storm summed() {
    return new Storm(last, size, stopped, round, Map.of(ALL, sum(sick)));
  }

  private static int sum(Map<ServiceName, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The same storm with the most that were seen. */
  Storm seeing(Map<ServiceName, Integer> now) {
    if (sick.containsKey(ALL)) {
      int most = Math.max(sum(sick), sum(now));
      return new Storm(last, size, stopped, round, Map.of(ALL, most));
    }
    Map<ServiceName, Integer> most = new TreeMap<>(sick);
    now.forEach((service, count) -> most.merge(service, count, Math::max));
    return new Storm(last, size, stopped, round, most);
  }

  /** The round is over: twice as many when its successors are well. */
  Storm afterRound(boolean well) {
    int next = well ? Math.min(LARGEST, size * 2) : 1;
    return new Storm(last, next, 0, Optional.empty(), sick);
  }

  /** Whether the round has taken too long. */
  boolean isOverdue(Instant now) {
    return round.filter(began -> began.plus(LONGEST_ROUND).isBefore(now)).isPresent();
  }

  /**
   * A round begins with these.
   *
   * @param restarted how many services of one are to be restarted beside; the sick task of such a
   *     one stays until its successor serves
   */
  Storm replacing(Map<ServiceName, Integer> replaced, int restarted, Instant now) {
    Map<ServiceName, Integer> left = new TreeMap<>(sick);
    replaced.forEach((service, count) ->
        left.computeIfPresent(service, (_, most) -> most > count ? most - count : null));
    int all = sum(replaced);
    left.computeIfPresent(ALL, (_, most) -> most > all ? most - all : null);
    return new Storm(last, size, all + restarted, Optional.of(now), left);
  }

  /** So many of the round were not replaced after all. */
  Storm less(int withdrawn) {
    return new Storm(last, size, Math.max(0, stopped - withdrawn), round, sick);
  }
}
