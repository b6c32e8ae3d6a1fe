package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Extra tasks of one kind on one config, and what became of them. */
final class ExtrasWatch {
  /** With this begins every reason that Shepherd gives ECS for a StopTask. */
  static final String OURS = "shepherd:";

  private static final int REASON = 200;

  private final Moment at;
  private final Kind kind;
  private final ConfigHash config;
  private final Map<ServiceName, List<ExtraTask>> byService;

  ExtrasWatch(Moment at, Kind kind, ConfigHash config) {
    this.at = at;
    this.kind = kind;
    this.config = config;
    this.byService = at.extras().tasks().stream()
        .filter(extra -> extra.kind() == kind && extra.config().equals(config))
        .collect(Collectors.groupingBy(ExtraTask::service));
  }

  /** Those beside a service, ended ones with them. */
  private Stream<ExtraTask> beside(ServiceState service) {
    return byService.getOrDefault(service.name(), List.of()).stream();
  }

  /** Those beside a service that run, or are to. */
  List<ExtraTask> of(ServiceState service) {
    return beside(service).filter(extra -> extra.isUp() && !extra.draining()).toList();
  }

  /** Those that run, or are to; the ones that are on their way out as well. */
  List<ExtraTask> all() {
    return at.extras().up().stream()
        .filter(extra -> extra.kind() == kind && extra.config().equals(config))
        .toList();
  }

  /**
   * Asks for the ended ones, which tell what failed; none can be there before any is ordered, and
   * none while as many are up as were ordered.
   */
  Optional<RolloutDecision> unseen(List<ServiceState> beside) {
    Set<Extras.Beside> names = beside.stream()
        .map(service -> new Extras.Beside(kind, service.name()))
        .collect(Collectors.toSet());
    boolean seen = at.extras().endedOf().containsAll(names);
    return at.trial().extrasAt().isEmpty() || seen || areAllUp(beside)
        ? Optional.empty()
        : Optional.of(Look.extras(
            new ExtrasLook(names, Set.of()), "what became of the tasks that try " + config + "?"));
  }

  private boolean areAllUp(List<ServiceState> beside) {
    int ordered = at.trial().ordered();
    return ordered > 0
        && beside.stream().mapToInt(service -> of(service).size()).sum() >= ordered;
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

  /**
   * One that has not started within the time that a collector has for it. One that has started, and
   * is not well in time, is a {@link Failure}.
   */
  Optional<RolloutDecision> lateToStart(List<ServiceState> beside) {
    return beside.stream()
        .flatMap(service -> of(service).stream())
        .filter(extra -> extra.task().startedAt().isEmpty())
        .findFirst()
        .flatMap(extra -> late(extra + " has not started"));
  }

  /** What is not so within the time that a collector has to start, holds the rollout. */
  Optional<RolloutDecision> late(String what) {
    return at.trial()
        .orderedAt()
        .or(at.trial()::extrasAt)
        .filter(ordered -> !at.now().isBefore(ordered.plus(at.limits().start())))
        .map(_ -> at.hold(what + " after " + at.limits().start().toMinutes() + " min"));
  }

  private List<Failure> failures(ServiceState service) {
    return new Evidence(service.name(), collectors(service), at.limits().start(), at.now())
        .of(beside(service).filter(extra -> !extra.draining()).map(ExtraTask::task), since());
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
   * What ended before this step is none of its business, but a read may have been old. What ended
   * before a hold has had its effect.
   */
  private Instant since() {
    Instant begun = at.trial().orderedAt().orElse(at.state().since());
    Instant step =
        (begun.isBefore(at.state().since()) ? begun : at.state().since()).minus(Standing.READ_AGE);
    return at.state().held().map(Held::since).filter(step::isBefore).orElse(step);
  }

  /** Whether one beside that service has started, and so has read its config; it may have ended. */
  boolean hasStarted(ServiceState service) {
    return beside(service)
        .filter(extra ->
            extra.task().stop().filter(stop -> stop.at().isBefore(since())).isEmpty())
        .anyMatch(extra -> extra.task().startedAt().isPresent());
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

  /** Whether every collector of it runs and, where it is checked, is HEALTHY. */
  static boolean isWell(ServiceState service, ExtraTask extra) {
    return extra.task().running()
        && service.definition().collectors().stream()
            .allMatch(collector -> RunningTasks.isWell(collector, extra.task()));
  }
}
