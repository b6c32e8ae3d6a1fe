package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AllowanceSpent;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.TaskCalls;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.SeenLately;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks of services, read over several runs where one run's share of AWS's rates does not
 * suffice for all of them (docs/adr/0041). Lost with the instance, which costs those runs again.
 *
 * <ol>
 *   <li>A reading is kept for half an hour; for five minutes where something in it was uncertain
 *       ({@link SeenLately}), and no longer than the deployment and the number of tasks that it is
 *       of, or the phase of the rollout.
 *   <li>Those that have none are read, then the oldest ones, until half of the run's calls are
 *       spent: so the readings get no older than they must.
 *   <li>While not all have one, the run leaves the fleet to the next, which goes on from there.
 * </ol>
 */
final class TaskMemory {
  private static final Duration KEPT = Duration.ofMinutes(30);
  private static final Duration UNCERTAIN_KEPT = Duration.ofMinutes(5);

  private final Rates rates;
  private final InstantSource clock;
  private final int listings;
  private final Map<ServiceName, Reading> readings = new HashMap<>();

  private record Reading(
      Instant at, Instant until, String deployment, int desired, List<TaskState> tasks) {}

  /** @param listings how many ListTasks a small service takes */
  TaskMemory(Rates rates, InstantSource clock, int listings) {
    this.rates = rates;
    this.clock = clock;
    this.listings = listings;
  }

  /**
   * The tasks of these services, without those that are gone.
   *
   * @param since no reading from before this serves
   * @param reader reads them as they are now
   * @throws AllowanceSpent if some have still to be read
   */
  Map<ServiceName, List<TaskState>> tasks(
      List<ServiceState> services,
      Instant since,
      Function<Set<ServiceName>, Map<ServiceName, List<TaskState>>> reader) {
    Instant now = clock.instant();
    readings.values().removeIf(reading -> !now.isBefore(reading.until()));
    services.forEach(service -> reading(service)
        .filter(reading -> reading.at().isBefore(since))
        .ifPresent(_ -> readings.remove(service.name())));
    List<ServiceState> order = services.stream()
        .sorted(Comparator.comparing(
                (ServiceState service) -> reading(service).map(Reading::at).orElse(Instant.MIN))
            .thenComparing(ServiceState::name))
        .toList();
    int due = (int) order.stream().filter(service -> reading(service).isEmpty()).count();
    int calls = rates.affords(Rate.TASK_READS);
    int count =
        Math.max(first(order, calls / 2), Math.min(due, first(order, TaskCalls.some(calls))));
    List<ServiceState> chosen = order.subList(0, count);
    Map<ServiceName, List<TaskState>> read =
        reader.apply(chosen.stream().map(ServiceState::name).collect(Collectors.toSet()));
    chosen.forEach(service -> Optional.ofNullable(read.get(service.name()))
        .ifPresentOrElse(
            tasks -> readings.put(service.name(), reading(service, tasks, now)),
            () -> readings.remove(service.name())));
    if (count < due) {
      throw new AllowanceSpent("the tasks of " + (due - count) + " of its " + services.size()
          + " services have still to be read");
    }
    Map<ServiceName, List<TaskState>> tasks = new HashMap<>(read);
    order
        .subList(count, order.size())
        .forEach(service ->
            reading(service).ifPresent(reading -> tasks.put(service.name(), reading.tasks())));
    return tasks;
  }

  private static Reading reading(ServiceState service, List<TaskState> tasks, Instant now) {
    List<TaskState> certain = SeenLately.of(service, tasks);
    Duration kept = certain.size() == tasks.size() ? KEPT : UNCERTAIN_KEPT;
    return new Reading(now, now.plus(kept), service.primary().id(), service.desired(), certain);
  }

  private Optional<Reading> reading(ServiceState service) {
    return Optional.ofNullable(readings.get(service.name()))
        .filter(reading -> reading.deployment().equals(service.primary().id())
            && reading.desired() == service.desired());
  }

  private int first(List<ServiceState> services, int calls) {
    TaskCalls sum = new TaskCalls(listings);
    return (int) services.stream()
        .takeWhile(service ->
            sum.fit(calls, Map.of(service.name(), Math.max(service.desired(), service.running()))))
        .count();
  }
}
