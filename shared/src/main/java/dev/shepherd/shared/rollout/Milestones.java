package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The turns that a rollout takes for good: promotion, completion, and being taken back. */
final class Milestones {
  private Milestones() {}

  /** Failures on the new config that are its own fault take it back. */
  static Optional<RolloutDecision> blame(
      Advance advance, List<ServiceState> managed, RolloutState state, Instant now) {
    if (advance.evidence().isEmpty()
        || state.previous().isEmpty()
        || state.completed().contains(state.live())) {
      return Optional.empty();
    }
    List<ServiceState> peers = managed.stream()
        .filter(service -> !advance.standing(service).isOnTarget())
        .filter(service -> advance.standing(service).underWay().isEmpty())
        .toList();
    int on = managed.stream()
        .filter(service -> !peers.contains(service))
        .mapToInt(ServiceState::desired)
        .sum();
    Blame blame = new Blame(advance.evidence(), on, peers, state.wellAtStart());
    if (!blame.isSuspicion()) {
      return Optional.empty();
    }
    if (!blame.unseen().isEmpty()) {
      return Optional.of(RolloutDecision.Look.tasks(
          blame.unseen(), "are the collectors on the config before it well?"));
    }
    return blame
        .quarantine(state)
        .map(failed -> new RolloutDecision.Quarantine(
            state.goingBack(failed, now), state.live() + " failed: " + failed.reason()));
  }

  /** An alarm that turned takes the new config back. */
  static Optional<RolloutDecision> blame(Alarms alarms, RolloutState state, Instant now) {
    if (state.previous().isEmpty() || state.completed().contains(state.live())) {
      return Optional.empty();
    }
    return alarms
        .quarantine(state.live(), state.since())
        .map(failed -> new RolloutDecision.Quarantine(
            state.goingBack(failed, now), state.live() + " failed: " + failed.reason()));
  }

  /** Once no service is under way, a rollout that may begin no other is held. */
  static Optional<RolloutDecision> hold(
      String reason, AdvanceStep step, RolloutState state, Instant now) {
    return step instanceof AdvanceStep.UnderWay underWay
            && underWay.moving().stream().noneMatch(state::isFollowed)
        ? Optional.of(new RolloutDecision.Hold(
            state.moving(underWay.moving()).holding(reason, now), "held: " + reason))
        : Optional.empty();
  }

  /** How well the fleet is now is kept, to judge the candidate by when none is left on live. */
  static RolloutDecision promote(RolloutSnapshot snapshot, RolloutState state, Instant now) {
    List<ServiceState> managed = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .toList();
    Set<ServiceName> unseen = unseen(managed);
    if (!unseen.isEmpty()) {
      return RolloutDecision.Look.tasks(unseen, "how well is the fleet before the promotion?");
    }
    ConfigHash candidate = state.candidate().orElseThrow();
    return new RolloutDecision.Promote(
        candidate,
        state.promoted(candidate, RunningTasks.percentWell(managed), now),
        candidate + " becomes live; before it " + state.live());
  }

  /**
   * Completed only once reads are younger than the promotion, and on the sight of every collector:
   * a service may have come to the hash without us.
   */
  static RolloutDecision completed(Drift drift, List<ServiceState> scope, Instant now) {
    RolloutState state = drift.state();
    if (now.isBefore(state.since().plus(Standing.READ_AGE))) {
      return new RolloutDecision.Wait("promoted a moment ago: what is seen may be older");
    }
    Set<ServiceName> unseen = unseen(scope);
    if (!unseen.isEmpty()) {
      return RolloutDecision.Look.tasks(unseen, "is every collector well?");
    }
    Optional<ServiceState> sick = scope.stream()
        .filter(service -> !RunningTasks.areWell(service, service.tasks().orElseThrow()))
        .findFirst();
    return sick.<RolloutDecision>map(
            service -> new RolloutDecision.Wait(service.name() + ": not every collector is well"))
        .orElseGet(() -> new RolloutDecision.Complete(
            state.finished(now),
            scope.size() + " services run " + state.live() + " and are well" + drift.left()));
  }

  private static Set<ServiceName> unseen(List<ServiceState> services) {
    return services.stream()
        .filter(service -> service.tasks().isEmpty())
        .map(ServiceState::name)
        .collect(Collectors.toSet());
  }
}
