package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Shepherd's extra tasks of one fleet, as far as they were looked at.
 *
 * @param tasks all that should run and, where {@code endedOf} says so, those that ended within the
 *     hour
 * @param endedOf of which the ended ones were read
 * @param registered what a service's Cloud Map service holds, as far as read
 * @param told whether canary tasks were told to drain in this very run
 */
public record Extras(
    List<ExtraTask> tasks,
    Set<Beside> endedOf,
    Map<ServiceName, InCloudMap> registered,
    boolean told) {
  /** Extra tasks of one kind beside one service. */
  public record Beside(Kind kind, ServiceName service) {}

  /**
   * What a Cloud Map service holds; nothing where there is none any more.
   *
   * @param ids of its instances
   * @param ttl how long clients may hold an address that it does not give any more
   */
  public record InCloudMap(Set<String> ids, Duration ttl) {
    /** There is no such service. */
    public static final InCloudMap NONE = new InCloudMap(Set.of(), Duration.ZERO);

    public InCloudMap {
      ids = Set.copyOf(ids);
    }
  }

  public Extras {
    tasks = List.copyOf(tasks);
    endedOf = Set.copyOf(endedOf);
    registered = Map.copyOf(registered);
  }

  /** Those that run, or are to run. */
  List<ExtraTask> up() {
    return tasks.stream().filter(ExtraTask::isUp).toList();
  }

  /** What is known of a service's Cloud Map service; nothing where nobody has looked. */
  InCloudMap inCloudMap(ServiceName service) {
    return registered.getOrDefault(service, InCloudMap.NONE);
  }

  /** The same after these were tagged to be drained. */
  public Extras drained(List<ExtraTask> tagged) {
    Stream<ExtraTask> others = tasks.stream().filter(extra -> !tagged.contains(extra));
    Stream<ExtraTask> draining = tagged.stream()
        .map(extra ->
            new ExtraTask(extra.kind(), extra.service(), extra.config(), true, extra.task()));
    return new Extras(Stream.concat(others, draining).toList(), endedOf, registered, true);
  }

  /** The same after these were stopped. */
  public Extras without(List<ExtraTask> stopped) {
    return new Extras(
        tasks.stream().filter(extra -> !stopped.contains(extra)).toList(),
        endedOf,
        registered,
        told);
  }
}
