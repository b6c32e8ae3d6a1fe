package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.DrainTasks;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.StopTasks;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes extra tasks down that have no business any more, in every phase:
 *
 * <ol>
 *   <li>Wanted are probes of the config that is probed now, of a group that none has passed for,
 *       and canary tasks of the candidate, as many as the canary share allows.
 *   <li>A probe that is not wanted is stopped. A canary task is drained first: tagged, and its
 *       drain asked for until Cloud Map does not show it; then stopped when no client can hold its
 *       address any more.
 *   <li>One that Cloud Map keeps is stopped all the same after the time that a collector has to
 *       start: a stopped task's registration is taken out at once.
 *   <li>None left, and no read can be older than the last order: forgotten.
 * </ol>
 */
final class TakeDown {
  private final Moment at;
  private final List<ExtraTask> unwanted;

  private TakeDown(Moment at) {
    this.at = at;
    List<ExtraTask> up = at.extras().up();
    List<ExtraTask> wanted = wanted(up);
    this.unwanted = up.stream().filter(extra -> !wanted.contains(extra)).toList();
  }

  /** What to do about extra tasks now; empty when nothing is, though some may be on their way. */
  static Optional<RolloutDecision> plan(Moment at) {
    if (at.trial().extrasAt().isEmpty()) {
      return Optional.empty();
    }
    if (at.snapshot().extras().isEmpty()) {
      return Optional.of(
          Look.extras(new ExtrasLook(Set.of(), Set.of()), "which extra tasks are there?"));
    }
    return new TakeDown(at).step();
  }

  private Optional<RolloutDecision> step() {
    if (unwanted.isEmpty()) {
      return forget();
    }
    List<ExtraTask> toDrain = unwanted.stream()
        .filter(extra -> extra.kind() == Kind.CANARY && !extra.draining())
        .filter(extra ->
            at.managed(extra.service()).flatMap(service -> service.registry()).isPresent())
        .toList();
    if (!toDrain.isEmpty()) {
      Optional<Instant> since = at.trial().drainingSince().or(() -> Optional.of(at.now()));
      return Optional.of(new DrainTasks(
          toDrain,
          at.state().trial(at.trial().draining(since, Optional.empty())),
          toDrain.size() + " canary tasks are not wanted any more: " + phase()));
    }
    List<ExtraTask> plain = unwanted.stream().filter(extra -> !extra.draining()).toList();
    if (!plain.isEmpty()) {
      return Optional.of(new StopTasks(
          plain, at.state(), plain.size() + " extra tasks are not wanted any more: " + phase()));
    }
    return drained();
  }

  /** All that are left are draining. */
  private Optional<RolloutDecision> drained() {
    if (at.extras().told()) {
      return Optional.empty();
    }
    Set<ServiceName> names = unwanted.stream()
        .map(ExtraTask::service)
        .filter(name -> at.managed(name).flatMap(service -> service.registry()).isPresent())
        .collect(Collectors.toSet());
    if (!at.extras().registered().keySet().containsAll(names)) {
      return Optional.of(
          Look.extras(new ExtrasLook(Set.of(), names), "are the draining tasks out of Cloud Map?"));
    }
    List<ExtraTask> registered = unwanted.stream()
        .filter(extra ->
            at.extras().inCloudMap(extra.service()).ids().contains(extra.task().id()))
        .toList();
    Trial trial = at.trial();
    Instant since = trial.drainingSince().orElse(at.now());
    if (!at.now().isBefore(since.plus(at.limits().start()))) {
      return Optional.of(stop("they were asked to drain " + at.limits().start().toMinutes()
          + " min ago, and are stopped as they are"));
    }
    if (!registered.isEmpty()) {
      return Optional.of(new DrainTasks(
          registered,
          at.state().trial(trial.draining(Optional.of(since), Optional.empty())),
          registered.size() + " canary tasks are still in Cloud Map"));
    }
    if (trial.outSince().isEmpty()) {
      return Optional.of(at.note(
          trial.draining(Optional.of(since), Optional.of(at.now())),
          unwanted.size() + " canary tasks are out of Cloud Map"));
    }
    Duration ttl = unwanted.stream()
        .map(extra -> at.extras().inCloudMap(extra.service()).ttl())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
    boolean cached = at.now().isBefore(trial.outSince().get().plus(ttl));
    return cached ? Optional.empty() : Optional.of(stop("they are drained"));
  }

  private RolloutDecision stop(String why) {
    return new StopTasks(
        unwanted,
        at.state().trial(at.trial().draining(Optional.empty(), Optional.empty())),
        unwanted.size() + " canary tasks: " + why);
  }

  private Optional<RolloutDecision> forget() {
    boolean old = !at.now().isBefore(at.trial().extrasAt().orElseThrow().plus(Standing.READ_AGE));
    boolean trying = at.state().phase().isBeforePromotion() && !at.isHeld();
    return at.extras().up().isEmpty() && old && !trying
        ? Optional.of(at.note(at.trial().clean(), "no extra task is left"))
        : Optional.empty();
  }

  private String phase() {
    return at.isHeld()
        ? "the rollout is held"
        : "the phase is " + at.state().phase().name().toLowerCase(Locale.ROOT);
  }

  private List<ExtraTask> wanted(List<ExtraTask> up) {
    if (at.isHeld()) {
      return List.of();
    }
    Phase phase = at.state().phase();
    List<ExtraTask> wanted = new ArrayList<>(up.stream()
        .filter(extra -> extra.kind() == Kind.PROBE && isWantedProbe(extra, phase))
        .toList());
    int percent = at.limits().canary().percent();
    int first = at.trial()
        .first()
        .flatMap(at::managed)
        .map(service -> service.running())
        .orElse(0);
    up.stream()
        .filter(extra -> extra.kind() == Kind.CANARY && isWantedCanary(extra, phase))
        .sorted(Comparator.comparing(ExtraTask::service)
            .thenComparing(extra -> extra.task().id()))
        .filter(_ ->
            wanted.isEmpty() || CanarySize.isWithin(first, wanted.size() + 1, at.tasks(), percent))
        .forEach(wanted::add);
    return wanted;
  }

  private boolean isWantedProbe(ExtraTask probe, Phase phase) {
    boolean tried = (phase == Phase.PROBE || phase == Phase.BAKE)
        && at.state().candidate().filter(probe.config()::equals).isPresent();
    boolean access = probe.config().equals(at.state().live()) && !at.unpinned().isEmpty();
    return (tried || access)
        && at.managed(probe.service())
            .filter(service -> Probes.isWanted(at, probe, service))
            .isPresent();
  }

  private boolean isWantedCanary(ExtraTask canary, Phase phase) {
    return (phase == Phase.CANARY || phase == Phase.BAKE)
        && !canary.draining()
        && at.state().candidate().filter(canary.config()::equals).isPresent()
        && at.managed(canary.service()).isPresent();
  }
}
