package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.ExtraOrder;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Extra tasks of one kind on one config: ordering them, and what became of them. */
final class ExtrasWatch {
  /** With this begins every reason that Shepherd gives ECS for a StopTask. */
  static final String OURS = "shepherd:";

  private static final int REASON = 200;

  private final Moment at;
  private final Kind kind;
  private final ConfigHash config;

  ExtrasWatch(Moment at, Kind kind, ConfigHash config) {
    this.at = at;
    this.kind = kind;
    this.config = config;
  }

  /** Those beside a service that run, or are to. */
  List<ExtraTask> of(ServiceState service) {
    return at.extras().up(kind, service.name()).stream()
        .filter(extra -> extra.config().equals(config) && !extra.draining())
        .toList();
  }

  /** Those that run, or are to; the ones that are on their way out as well. */
  List<ExtraTask> all() {
    return at.extras().up().stream()
        .filter(extra -> extra.kind() == kind && extra.config().equals(config))
        .toList();
  }

  /** Asks for the ended ones, which tell what failed; none can be there before any is ordered. */
  Optional<RolloutDecision> unseen(List<ServiceState> beside) {
    Set<Extras.Beside> names = beside.stream()
        .map(service -> new Extras.Beside(kind, service.name()))
        .collect(Collectors.toSet());
    boolean seen = at.extras().endedOf().containsAll(names);
    return at.trial().extrasAt().isEmpty() || seen
        ? Optional.empty()
        : Optional.of(Look.extras(
            new ExtrasLook(names, Set.of()), "what became of the tasks that try " + config + "?"));
  }

  /** A collector that failed by itself, or a task that ended for another reason. */
  Optional<RolloutDecision> trouble(List<ServiceState> beside) {
    List<Failure> failures =
        beside.stream().flatMap(service -> failures(service).stream()).toList();
    return failures.isEmpty()
        ? ended(beside).findFirst().map(extra -> at.hold(why(extra)))
        : Optional.of(Milestones.blameTrial(at, failures));
  }

  /**
   * A task that ended before it had started: its config could not be read, or no place was found.
   */
  Optional<RolloutDecision> notStarted(List<ServiceState> beside) {
    return ended(beside)
        .filter(extra -> extra.task().startedAt().isEmpty())
        .findFirst()
        .map(extra -> at.hold(why(extra)));
  }

  /** Not well within the time that a collector has to start. */
  Optional<RolloutDecision> late(String what) {
    return at.trial()
        .orderedAt()
        .filter(ordered -> !at.now().isBefore(ordered.plus(at.limits().start())))
        .map(_ -> at.hold(what + " after " + at.limits().start().toMinutes() + " min"));
  }

  private List<Failure> failures(ServiceState service) {
    return new Evidence(service.name(), collectors(service), at.limits().start(), at.now())
        .of(
            at.extras().tasks().stream()
                .filter(extra -> extra.kind() == kind
                    && extra.service().equals(service.name())
                    && extra.config().equals(config)
                    && !extra.draining())
                .map(ExtraTask::task),
            since());
  }

  /** In a probe every collector is essential. */
  private List<Collector> collectors(ServiceState service) {
    return kind == Kind.CANARY
        ? service.definition().collectors()
        : service.definition().collectors().stream()
            .map(each -> new Collector(
                each.container(), each.image(), each.reference(), each.healthCheck(), true))
            .toList();
  }

  private Stream<ExtraTask> ended(List<ServiceState> beside) {
    Set<ServiceName> names = beside.stream().map(ServiceState::name).collect(Collectors.toSet());
    return at.extras().tasks().stream()
        .filter(extra -> extra.kind() == kind
            && extra.config().equals(config)
            && names.contains(extra.service()))
        .filter(extra -> extra
            .task()
            .stop()
            .filter(stop -> !stop.at().isBefore(since()) && !stop.reason().startsWith(OURS))
            .isPresent());
  }

  /**
   * What ended before this step is none of its business; but a read may have been old. What held
   * the try before is not held against this one: ECS shows it for an hour.
   */
  private Instant since() {
    Instant begun = at.trial().orderedAt().orElse(at.state().since());
    Instant since =
        (begun.isBefore(at.state().since()) ? begun : at.state().since()).minus(Standing.READ_AGE);
    return at.state().held().map(Held::since).filter(since::isBefore).orElse(since);
  }

  private String why(ExtraTask extra) {
    TaskState.Stop stop = extra.task().stop().orElseThrow();
    String text =
        stop.reason().length() > REASON ? stop.reason().substring(0, REASON) + "…" : stop.reason();
    String role = at.managed(extra.service())
        .flatMap(service -> service.definition().executionRole())
        .orElse("the execution role");
    boolean refused = stop.reason().contains("AccessDenied");
    return extra + " ended: " + stop.code() + " " + text
        + (refused ? "; " + RolloutReasons.grant(at.snapshot().fleet(), role) : "");
  }

  /**
   * Orders extra tasks, or waits for those that were.
   *
   * @param counts how many beside each service
   * @param more whether others of the same order are there already
   */
  RolloutDecision order(SequencedMap<ServiceState, Integer> counts, boolean more) {
    Trial trial = at.trial();
    boolean young = trial
        .orderedAt()
        .filter(ordered -> at.now().isBefore(ordered.plus(Standing.READ_AGE)))
        .isPresent();
    if (young) {
      return new RolloutDecision.Wait("the tasks that were ordered are not visible yet");
    }
    Optional<RolloutDecision> late = late("the tasks that were ordered are not visible");
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
      return Look.tasks(unseen, "which images run?");
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
    Trial next = more ? trial : trial.ordered(at.now());
    return new RolloutDecision.StartTasks(orders, at.state().trial(next), reason(orders));
  }

  private ExtraOrder order(ServiceState service, int count, Map<String, String> digests) {
    String base = service.definition().arn();
    int place = (at.snapshot().fleet() + " " + base + " " + service.name()).hashCode();
    String token = "shepherd-" + kind.name().charAt(0) + "-" + config + "-"
        + Integer.toHexString(place) + "-" + at.state().since().getEpochSecond() + "-"
        + at.trial().tries();
    return new ExtraOrder(kind, service.name(), base, config, count, digests, token);
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

  /** Whether every collector of it runs and, where it is checked, is HEALTHY. */
  static boolean isWell(ServiceState service, ExtraTask extra) {
    return extra.task().running()
        && service.definition().collectors().stream()
            .allMatch(collector -> RunningTasks.isWell(collector, extra.task()));
  }
}
