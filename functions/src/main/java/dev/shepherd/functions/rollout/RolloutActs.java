package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.Moving;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutDecision.ExtraOrder;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Carries out what was decided, in an order that a crash between any two calls cannot hurt: a
 * snapshot stands before a state names it, a state before {@code live} follows it, an intent before
 * its deployment. What a crash leaves undone, the next look sees and does.
 *
 * <p>A state that nothing outside rests on yet is written with the next one, since Parameter Store
 * takes few writes a second: at the latest before something is stopped, published, deregistered,
 * deployed or started, or by {@link #save}.
 */
// Over 200 lines: one switch over every decision, and the order of effects that it promises.
final class RolloutActs {
  private final ConfigStore store;
  private final Deployer deployer;
  private final ExtraTaskRunner extras;
  private final DomainEvents events;
  private final InstantSource clock;

  RolloutActs(
      ConfigStore store,
      Deployer deployer,
      ExtraTaskRunner extras,
      DomainEvents events,
      InstantSource clock) {
    this.store = store;
    this.deployer = deployer;
    this.extras = extras;
    this.events = events;
    this.clock = clock;
  }

  /** A new run. */
  void begin() {
    store.begin();
  }

  /** The run leaves this fleet: what is noted only is written. */
  void save(FleetName fleet) {
    store.save(fleet);
  }

  /** {@link Deployer#isEcho}. */
  boolean isEcho(String deployment) {
    return deployer.isEcho(deployment);
  }

  /**
   * Does what the decision says, and nothing where it only waits.
   *
   * @param report takes what failed beside the act
   * @return the snapshot as the act has left it, to plan on from; empty when the world has to move
   *     first
   */
  Optional<RolloutSnapshot> apply(
      RolloutSnapshot snapshot, RolloutDecision decision, Consumer<String> report) {
    FleetName fleet = snapshot.fleet();
    return switch (decision) {
      case RolloutDecision.Adopt adopt -> {
        adopt.snapshot().ifPresent(version -> store.keep(fleet, version));
        store.remember(fleet, adopt.next());
        yield Optional.of(publish(snapshot.with(adopt.next()), adopt.next().live()));
      }
      case RolloutDecision.Reject(var findings, var next, var reason) ->
        Optional.of(remember(
            snapshot,
            next,
            "Config Rejected",
            reason,
            Map.of("findings", lines(findings)),
            report));
      case RolloutDecision.Start(var candidate, var next, var reason) -> {
        RolloutSnapshot onward = snapshot.with(next);
        store.keep(fleet, candidate);
        tellSafely("Rollout Started", onward, reason, Map.of(), report);
        store.note(fleet, next);
        yield Optional.of(onward);
      }
      case RolloutDecision.Promote(var hash, var next, var reason) ->
        Optional.of(
            publish(remember(snapshot, next, "Rollout Promoted", reason, Map.of(), report), hash));
      case RolloutDecision.Publish again -> {
        store.save(fleet);
        yield Optional.of(publish(snapshot, again.hash()));
      }
      case RolloutDecision.Deploy begin -> {
        begin.orders().stream()
            .map(Order::to)
            .distinct()
            .forEach(hash -> store.require(fleet, hash));
        deploy(fleet, begin.orders(), begin.next());
        yield Optional.empty();
      }
      case RolloutDecision.Note note -> {
        store.note(fleet, note.next());
        yield Optional.of(snapshot.with(note.next()));
      }
      case RolloutDecision.Proceed(var next, var started, var reason) -> {
        RolloutSnapshot onward = snapshot.with(next);
        tellOf("Canary Started", onward, started, reason, report);
        store.note(fleet, next);
        yield Optional.of(onward);
      }
      case RolloutDecision.StartTasks start -> start(snapshot, start, report);
      case RolloutDecision.AnnounceTasks announce -> {
        tellOf("Canary Started", snapshot, ids(announce.tasks()), announce.reason(), report);
        yield Optional.empty();
      }
      case RolloutDecision.DrainTasks drain -> {
        store.save(fleet);
        extras.drain(drain.tasks());
        tellOf("Drain Requested", snapshot, ids(drain.tasks()), drain.reason(), report);
        store.note(fleet, drain.next());
        yield snapshot
            .extras()
            .map(seen -> snapshot.with(drain.next()).with(seen.drained(drain.tasks())));
      }
      case RolloutDecision.StopTasks stop -> {
        store.save(fleet);
        extras.stop(stop.tasks());
        store.note(fleet, stop.next());
        yield snapshot
            .extras()
            .map(seen -> snapshot.with(stop.next()).with(seen.without(stop.tasks())));
      }
      case RolloutDecision.FailCanary(var next, var reason) ->
        Optional.of(remember(snapshot, next, "Canary Failed", reason, Map.of(), report));
      case RolloutDecision.Quarantine(var next, var reason) ->
        Optional.of(publish(
            remember(snapshot, next, "Rollout Rolled Back", reason, Map.of(), report),
            next.live()));
      case RolloutDecision.Retire retire -> {
        store.save(fleet);
        snapshot.services().stream()
            .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
            .forEach(
                service -> deployer.retire(fleet, service.definition().arn(), retire.hashes()));
        store.remember(fleet, retire.next());
        yield Optional.empty();
      }
      case RolloutDecision.Hold(var next, var reason) -> {
        remember(snapshot, next, "Rollout Held", reason, Map.of(), report);
        yield Optional.empty();
      }
      case RolloutDecision.Complete(var next, var reason) -> {
        remember(snapshot, next, "Rollout Completed", reason, Map.of(), report);
        yield Optional.empty();
      }
      case RolloutDecision.Look _, RolloutDecision.Wait _, RolloutDecision.Done _ ->
        Optional.empty();
    };
  }

  /**
   * People are told first: what is remembered is not told again. A bus that cannot be reached stops
   * no rollout; it is reported, and the log has the same line.
   */
  private RolloutSnapshot remember(
      RolloutSnapshot snapshot,
      RolloutState next,
      String event,
      String reason,
      Map<String, Object> more,
      Consumer<String> report) {
    RolloutSnapshot remembered = snapshot.with(next);
    tellSafely(event, remembered, reason, more, report);
    store.remember(snapshot.fleet(), next);
    return remembered;
  }

  private void tellSafely(
      String event,
      RolloutSnapshot snapshot,
      String reason,
      Map<String, Object> more,
      Consumer<String> report) {
    try {
      tell(event, snapshot, reason, more);
    } catch (SdkException | ReconcileException lost) {
      report.accept("the event '" + event + "' could not be published");
    }
  }

  private RolloutSnapshot publish(RolloutSnapshot snapshot, ConfigHash hash) {
    return snapshot.published(hash, store.publish(snapshot.fleet(), hash, snapshot.live()));
  }

  /** What ECS has no place or no right for holds the rollout; what failed for now fails the run. */
  private Optional<RolloutSnapshot> start(
      RolloutSnapshot snapshot, RolloutDecision.StartTasks start, Consumer<String> report) {
    FleetName fleet = snapshot.fleet();
    store.remember(fleet, start.next());
    try {
      start.orders().stream()
          .map(ExtraOrder::config)
          .distinct()
          .forEach(hash -> store.require(fleet, hash));
      extras.start(fleet, start.orders());
    } catch (NoPlaceException none) {
      return Optional.of(held(snapshot, start.next(), none.getMessage(), report));
    } catch (SdkException refused) {
      if (AwsError.of(refused) != AwsError.GIVE_UP) {
        throw refused;
      }
      return Optional.of(held(snapshot, start.next(), AwsError.describe(refused), report));
    }
    return Optional.empty();
  }

  private RolloutSnapshot held(
      RolloutSnapshot snapshot, RolloutState state, String reason, Consumer<String> report) {
    RolloutState next = state.holding(reason, clock.instant());
    return remember(snapshot, next, "Rollout Held", "held: " + reason, Map.of(), report);
  }

  private static Map<ServiceName, List<String>> ids(List<ExtraTask> tasks) {
    return tasks.stream()
        .collect(Collectors.groupingBy(
            ExtraTask::service,
            Collectors.mapping(extra -> extra.task().id(), Collectors.toList())));
  }

  /** One event for each service, with its tasks. */
  private void tellOf(
      String event,
      RolloutSnapshot snapshot,
      Map<ServiceName, List<String>> tasks,
      String reason,
      Consumer<String> report) {
    new TreeMap<>(tasks).forEach((service, ids) -> {
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("cluster", service.cluster());
      more.put("service", service.service());
      more.put("tasks", ids);
      tellSafely(event, snapshot, reason, more, report);
    });
  }

  /** The intents are written first; then each order on its own, so that none hides another. */
  private void deploy(FleetName fleet, List<Order> orders, RolloutState intents) {
    store.remember(fleet, intents);
    List<Moving> moving = new ArrayList<>(intents.moving());
    List<String> failures = new ArrayList<>();
    for (Order order : orders) {
      try {
        deployer
            .carryOut(fleet, order)
            .ifPresent(started -> moving.replaceAll(mark -> mark.service().equals(order.service())
                ? mark.started(started.deployment(), started.revision(), started.overtaken())
                : mark));
      } catch (ReconcileException failed) {
        failures.add(order.service() + ": " + failed.getMessage());
      } catch (SdkException failed) {
        failures.add(order.service() + ": " + AwsError.describe(failed));
      }
    }
    store.remember(fleet, intents.moving(moving));
    if (!failures.isEmpty()) {
      throw new ReconcileException(String.join("; ", failures));
    }
  }

  private void tell(
      String type, RolloutSnapshot snapshot, String reason, Map<String, Object> more) {
    RolloutState state = snapshot.state().orElseThrow();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("fleet", snapshot.fleet());
    detail.put("live", state.live());
    detail.put("candidate", state.candidate());
    detail.put("reason", reason);
    detail.putAll(more);
    events.publish(type, snapshot.fleet().toString(), detail);
  }

  private static List<String> lines(List<Finding> findings) {
    return findings.stream()
        .map(finding ->
            finding.line() + ":" + finding.column() + " " + finding.rule() + " " + finding.path())
        .limit(20)
        .toList();
  }
}
