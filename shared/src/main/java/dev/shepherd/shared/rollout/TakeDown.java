package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.DrainTasks;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.StopTasks;
import java.time.Duration;
import java.time.Instant;
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
 *   <li>A probe that is not {@link WantedExtras wanted} is stopped. A canary task is drained first:
 *       tagged, and its drain asked for until Cloud Map does not show it; then stopped when no
 *       client can hold its address any more.
 *   <li>One that Cloud Map keeps is stopped all the same after the time that a collector has to
 *       start: a stopped task's registration is taken out at once.
 *   <li>One beside a service that registers nothing is stopped at once, as a probe is.
 *   <li>None left, and no read can be older than the last order: forgotten.
 * </ol>
 */
final class TakeDown {
  private final Moment at;
  private final List<ExtraTask> unwanted;

  private TakeDown(Moment at) {
    this.at = at;
    List<ExtraTask> up = at.extras().up();
    Set<ExtraTask> wanted = Set.copyOf(new WantedExtras(at).of(up));
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
            at.service(extra.service()).flatMap(service -> service.registry()).isPresent())
        .toList();
    if (!toDrain.isEmpty()) {
      // What was remembered may be of others, which have ended by themselves.
      Optional<Instant> since = Optional.of(at.now());
      if (unwanted.stream().anyMatch(ExtraTask::draining)) {
        since = at.trial().drainingSince().or(() -> Optional.of(at.now()));
      }
      return Optional.of(new DrainTasks(
          toDrain,
          at.state().trial(at.trial().draining(since, Optional.empty())),
          toDrain.size() + " canary tasks are not wanted any more: " + phase()));
    }
    List<ExtraTask> plain = unwanted.stream().filter(extra -> !extra.draining()).toList();
    if (!plain.isEmpty()) {
      return Optional.of(new StopTasks(
          plain, afterStop(), plain.size() + " extra tasks are not wanted any more: " + phase()));
    }
    return drained();
  }

  /** Probes that a pause has ended begin anew after it, under another token. */
  private RolloutState afterStop() {
    RolloutState state = at.state();
    return switch (state.phase()) {
      case IDLE, PIN, PROBE ->
        at.isPaused() && !at.isHeld() ? state.trying(state.phase(), at.now()) : state;
      case CANARY, BAKE, WAVES, BACK -> state;
    };
  }

  /** All that are left are draining. */
  private Optional<RolloutDecision> drained() {
    if (at.extras().told()) {
      return Optional.empty();
    }
    Set<ServiceName> names = unwanted.stream()
        .map(ExtraTask::service)
        .filter(name -> at.service(name).flatMap(service -> service.registry()).isPresent())
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
    // Started by the run that noted it, within its time; and a read may be as old once more.
    Instant visible = at.trial().extrasAt().orElseThrow().plus(Standing.READ_AGE.multipliedBy(2));
    boolean old = !at.now().isBefore(visible);
    boolean trying = at.state().phase().isBeforePromotion() && !at.isHeld();
    return at.extras().up().isEmpty() && old && !trying
        ? Optional.of(at.note(at.trial().clean(), "no extra task is left"))
        : Optional.empty();
  }

  private String phase() {
    if (at.isPaused()) {
      return "the rollout is paused";
    }
    return at.isHeld()
        ? "the rollout is held"
        : "the phase is " + at.state().phase().name().toLowerCase(Locale.ROOT);
  }
}
