package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.ExtraOrder;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Orders extra tasks of one kind on one config:
 *
 * <ol>
 *   <li>What was ordered may not be visible yet: nothing is ordered while a read may be older.
 *   <li>What is not visible in the time that a collector has to start, holds the rollout.
 *   <li>Tasks of an earlier try that drain are waited for: they count as well.
 *   <li>They run the image digests that the service's tasks run; while those differ, it waits.
 * </ol>
 *
 * <p>An order that is given again, since a run was killed, has the same token: ECS then starts none
 * that it has started. Each try of each phase has its own.
 */
final class ExtraOrders {
  private final Moment at;
  private final Kind kind;
  private final ConfigHash config;
  private final ExtrasWatch watch;

  ExtraOrders(Moment at, Kind kind, ConfigHash config) {
    this.at = at;
    this.kind = kind;
    this.config = config;
    this.watch = new ExtrasWatch(at, kind, config);
  }

  /**
   * The order; or waiting for the one before, until it shows.
   *
   * @param counts how many beside each service
   */
  RolloutDecision of(SequencedMap<ServiceState, Integer> counts) {
    Trial trial = at.trial();
    boolean young = trial
        .orderedAt()
        .filter(ordered -> at.now().isBefore(ordered.plus(Standing.READ_AGE)))
        .isPresent();
    if (young) {
      return new RolloutDecision.Wait("the tasks that were ordered are not visible yet");
    }
    Optional<RolloutDecision> late =
        trial.orderedAt().flatMap(_ -> watch.late("the tasks that were ordered are not visible"));
    if (late.isPresent()) {
      return late.get();
    }
    boolean leaving = at.extras().up().stream()
        .anyMatch(extra -> extra.config().equals(config) && extra.draining());
    if (leaving) { // They count as well, and an earlier try had them.
      return new RolloutDecision.Wait(
          "tasks of an earlier try of " + config + " are on their way out");
    }
    Set<ServiceName> unseen = counts.keySet().stream()
        .filter(service -> service.running() > 0 && service.tasks().isEmpty())
        .map(ServiceState::name)
        .collect(Collectors.toSet());
    if (!unseen.isEmpty()) {
      return Look.running(unseen, "which images run?");
    }
    List<ExtraOrder> orders = new ArrayList<>();
    for (Map.Entry<ServiceState, Integer> each : counts.entrySet()) {
      ServiceState service = each.getKey();
      Optional<Map<String, String>> digests =
          RunningTasks.digests(service, service.tasks().orElse(List.of()));
      if (digests.isEmpty()) {
        return new RolloutDecision.Wait(service.name() + ": its tasks run different image digests");
      }
      orders.add(order(service, each.getValue(), digests.get()));
    }
    int count = orders.stream().mapToInt(ExtraOrder::count).sum();
    Trial next = trial.orderedAt().isPresent()
        ? trial.more(count)
        : trial.ordered(at.now(), watch.all().size() + count);
    return new RolloutDecision.StartTasks(orders, at.state().trial(next), reason(orders));
  }

  private ExtraOrder order(ServiceState service, int count, Map<String, String> digests) {
    String base = service.definition().arn();
    int place = (at.snapshot().fleet() + " " + base + " " + service.name()).hashCode();
    String token = "shepherd-" + kind.name().charAt(0) + "-" + config + "-"
        + Integer.toHexString(place) + "-" + at.state().since().getEpochSecond() + "-"
        + at.trial().tries();
    boolean again = at.trial().orderedAt().isPresent() || at.trial().tries() > 0;
    return new ExtraOrder(kind, service.name(), base, config, count, digests, token, again);
  }

  private String reason(List<ExtraOrder> orders) {
    return orders.stream()
        .map(order -> order.count() + " beside " + order.service())
        .sorted()
        .collect(Collectors.joining(
            ", ",
            kind == Kind.PROBE ? "probes of " + config + ": " : "canaries of " + config + ": ",
            ""));
  }
}
