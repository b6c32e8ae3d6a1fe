package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    Predicate<ServiceState> isPeer = service -> {
      Standing standing = advance.standing(service);
      return !standing.isOnTarget() && standing.underWay().isEmpty();
    };
    List<ServiceState> peers = Blame.some(managed.stream().filter(isPeer).toList());
    int on =
        managed.stream().filter(isPeer.negate()).mapToInt(ServiceState::desired).sum();
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

  /**
   * What fails by itself on a candidate before its promotion, while at least ninety percent of the
   * collectors on live are well, fails it; one is enough. Else the rollout is held.
   */
  static RolloutDecision blameTrial(Moment at, List<Failure> failures) {
    List<ServiceState> peers = Blame.some(at.managed().stream()
        .filter(service -> service.desired() > 0)
        .filter(service -> at.trial().first().filter(service.name()::equals).isEmpty())
        .toList());
    Blame blame = new Blame(failures, 1, peers, Blame.ALL_WELL);
    if (!blame.unseen().isEmpty()) {
      return RolloutDecision.Look.tasks(blame.unseen(), "are the collectors on live well?");
    }
    ConfigHash candidate = at.state().candidate().orElseThrow();
    if (!blame.isProved()) {
      return at.hold("collectors fail on " + candidate + ", but those on live are not well either: "
          + blame.text());
    }
    Quarantine failed = new Quarantine(candidate, failures.getFirst().binary(), blame.text());
    return new RolloutDecision.FailCanary(
        at.state().failed(failed, at.now()), candidate + " failed: " + failed.reason());
  }

  /** How well the fleet is now is kept, to judge the candidate by when none is left on live. */
  static RolloutDecision promote(Moment at, boolean baked, String why) {
    RolloutState state = at.state();
    List<ServiceState> managed = at.managed();
    Set<ServiceName> unseen = unseen(managed);
    if (!unseen.isEmpty()) {
      return RolloutDecision.Look.running(unseen, "how well is the fleet before the promotion?")
          .lately(unseen);
    }
    ConfigHash candidate = state.candidate().orElseThrow();
    return new RolloutDecision.Promote(
        candidate,
        state.promoted(
            candidate,
            RunningTasks.percentWell(managed),
            binariesOn(state.live(), managed),
            baked,
            at.now()),
        candidate + " becomes live (" + why + "); before it " + state.live());
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
      return RolloutDecision.Look.tasks(unseen, "is every collector well?").lately(unseen);
    }
    Optional<ServiceState> sick = scope.stream()
        .filter(service -> !RunningTasks.areWell(service, service.tasks().orElseThrow()))
        .findFirst();
    return sick.<RolloutDecision>map(
            service -> new RolloutDecision.Wait(service.name() + ": not every collector is well"))
        .orElseGet(() -> new RolloutDecision.Complete(
            state.finished(binariesOn(state.live(), scope), now),
            scope.size() + " services run " + state.live() + " and are well" + drift.left()));
  }

  private static Set<String> binariesOn(ConfigHash hash, List<ServiceState> services) {
    return services.stream()
        .flatMap(service -> service.definition().collectors().stream())
        .filter(collector -> collector.reference() instanceof ConfigReference.Pinned pinned
            && pinned.hash().equals(hash))
        .map(Collector::binary)
        .collect(Collectors.toSet());
  }

  private static Set<ServiceName> unseen(List<ServiceState> services) {
    return services.stream()
        .filter(service -> service.tasks().isEmpty())
        .map(ServiceState::name)
        .collect(Collectors.toSet());
  }
}
