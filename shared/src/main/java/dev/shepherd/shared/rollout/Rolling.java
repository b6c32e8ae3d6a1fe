package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings services to live: by-name ones that are pinned, those that go back, and all in waves.
 *
 * <ol>
 *   <li>Who has to move: in the waves every managed service; else who takes the config by name
 *       while it is not live, who runs what is in quarantine or, before anything tries it, a
 *       candidate, the first service of one that never came, those on their way and, by policy,
 *       {@link Drift}. While the rollout is held, {@link Moment#isUrgent}.
 *   <li>Before a by-name one is pinned, {@link Probes} tell whether its role can read live's
 *       snapshot. What has to go back for another reason does not wait for that.
 *   <li>In the waves the failures of their collectors and the alarms are judged; an alarm that
 *       stood before lets no further service begin.
 *   <li>All through: the phase's end.
 * </ol>
 */
final class Rolling {
  private final Moment at;
  private final RolloutState state;
  private final Alarms alarms;
  private final Drift drift;
  private final boolean rolling;
  private final boolean bakes;
  private final List<ServiceState> moving;
  private final Advance advance;

  Rolling(Moment at, Alarms alarms) {
    this.at = at;
    this.state = at.state();
    this.alarms = alarms;
    this.drift = at.drift();
    boolean waves = state.phase() == Phase.WAVES && !at.isHeld();
    this.rolling = waves && at.snapshot().source().isPresent();
    this.bakes = rolling && state.trial().unbaked();
    this.moving = at.managed().stream()
        .filter(service -> rolling || mustMove(service))
        .sorted(Comparator.comparingInt(ServiceState::running).thenComparing(ServiceState::name))
        .toList();
    RolloutLimits limits =
        bakes ? at.limits().settlingFor(at.limits().canary().bake()) : at.limits();
    this.advance = new Advance(at.snapshot(), state, state.live(), waves, limits, at.now());
  }

  RolloutDecision plan() {
    if (rolling && alarms.areUnseen()) {
      return RolloutDecision.Look.alarms("do the alarms stand as they did before the rollout?");
    }
    return access().map(this::rollOthersBefore).orElseGet(this::roll);
  }

  /**
   * What does not read the config by name needs no probe; no hold of by-name ones is in its way.
   */
  private RolloutDecision rollOthersBefore(RolloutDecision access) {
    List<ServiceState> others =
        moving.stream().filter(service -> !at.isUnpinned(service)).toList();
    AdvanceStep step = advance.next(others, at.limits().maxConcurrentDeployments());
    boolean waits =
        step instanceof AdvanceStep.UnderWay underWay && underWay.moving().equals(state.moving());
    return step instanceof AdvanceStep.Through
            || (waits && !(access instanceof RolloutDecision.Hold))
        ? access
        : decide(step);
  }

  private Optional<RolloutDecision> access() {
    return rolling ? Optional.empty() : Probes.access(at, state.live(), at.unpinned());
  }

  private RolloutDecision roll() {
    Optional<String> alarm = rolling ? alarms.hold(state.since()) : Optional.empty();
    List<ServiceState> scope = rolling ? open() : moving;
    AdvanceStep step =
        advance.next(scope, alarm.isPresent() ? 0 : at.limits().maxConcurrentDeployments());
    if (step instanceof AdvanceStep.Through && (bakes || scope.size() < moving.size())) {
      return new RolloutDecision.Proceed(
          state.moving(List.of()).trial(state.trial().unbaked(false)),
          Map.of(),
          scope.size() + " services are through, the next wave opens");
    }
    return Milestones.blame(advance, moving, state, at.now())
        .filter(_ -> !(step instanceof AdvanceStep.NeedsTasks))
        .or(() -> rolling ? Milestones.blame(alarms, state, at.now()) : Optional.empty())
        .or(() -> alarm.flatMap(reason -> Milestones.hold(reason, step, state, at.now())))
        .orElseGet(() -> decide(step));
  }

  /** Where nothing could bake before the promotion, the first wave is one service that runs. */
  private List<ServiceState> open() {
    List<ServiceState> wave = Waves.open(
        moving,
        at.limits().waves(),
        service -> advance.standing(service).isOnTarget(),
        service -> advance.standing(service).isThrough());
    return bakes
        ? moving.stream()
            .filter(service -> service.running() > 0)
            .filter(service -> !advance.standing(service).isThrough())
            .min(Comparator.comparing((ServiceState service) ->
                    advance.standing(service).underWay().isEmpty())
                .thenComparing(service -> !service.canaryFirst())
                .thenComparingInt(ServiceState::running)
                .thenComparing(ServiceState::name))
            .map(List::of)
            .orElse(wave)
        : wave;
  }

  private RolloutDecision decide(AdvanceStep step) {
    return switch (step) {
      case AdvanceStep.NeedsTasks(var services, var through) ->
        RolloutDecision.Look.tasks(services, "are its collectors well, and which images run?")
            .lately(through);
      case AdvanceStep.Begin(var orders, var marks) ->
        new RolloutDecision.Deploy(
            orders, state.moving(marks), RolloutReasons.begun(orders, at.snapshot(), state));
      case AdvanceStep.Stuck(var reason, var marks) ->
        new RolloutDecision.Hold(state.moving(marks).holding(reason, at.now()), "held: " + reason);
      case AdvanceStep.UnderWay(var reason, var marks) ->
        marks.equals(state.moving())
            ? new RolloutDecision.Wait(reason)
            : new RolloutDecision.Note(state.moving(marks), reason);
      case AdvanceStep.Through() -> through();
    };
  }

  private boolean mustMove(ServiceState service) {
    if (at.isHeld()) {
      return at.isUrgent(service);
    }
    boolean underWay = state.moving().stream()
        .filter(mark -> mark.service().equals(service.name()))
        .anyMatch(mark -> mark.to().equals(state.live()) && state.isFollowed(mark));
    return underWay
        || isOnFailed(service)
        || drift.isAhead(service)
        || at.isStray(service)
        || at.isUnpinned(service)
        || drift.isRepairedNow(service);
  }

  /** In quarantine and, when going back, never completed, or on the text of {@code current}. */
  private boolean isOnFailed(ServiceState service) {
    boolean goingBack = state.phase() == Phase.BACK;
    return service.definition().collectors().stream()
        .map(Collector::reference)
        .anyMatch(reference -> switch (reference) {
          case ConfigReference.Pinned pinned ->
            state.isQuarantined(pinned.hash(), _ -> true)
                || (goingBack && !state.completed().contains(pinned.hash()));
          case ConfigReference.Current _ -> goingBack;
          case ConfigReference.ByName _ -> false;
        });
  }

  private RolloutDecision through() {
    if (state.phase() != Phase.WAVES && at.mayStray()) {
      return new RolloutDecision.Wait("what went first may not be visible there yet");
    }
    if (state.phase() == Phase.IDLE && !state.equals(state.settled())) {
      return new RolloutDecision.Note(state.settled(), "nothing is under way any more");
    }
    if (at.snapshot().source().isEmpty()) {
      return new RolloutDecision.Wait(
          "paused: the config parameter was deleted; the fleet stays on " + state.live());
    }
    return switch (state.phase()) {
      case PIN ->
        new RolloutDecision.Proceed(
            state.trying(Phase.PROBE, at.now()).withoutFirst(),
            Map.of(),
            "no service takes an unproven text: " + state.candidate().orElseThrow() + " is probed");
      case PROBE, CANARY, BAKE -> new RolloutDecision.Wait("by-name services are pinned to live");
      case BACK ->
        new RolloutDecision.Note(state.back(at.now()), "every service is back on " + state.live());
      case WAVES -> Milestones.completed(drift, moving, at.now());
      case IDLE ->
        state.retiring()
            ? new RolloutDecision.Retire(
                state.quarantined().stream().map(Quarantine::hash).collect(Collectors.toSet()),
                state.retired(),
                "no service runs what is in quarantine")
            : new RolloutDecision.Done(RolloutReasons.quiet(drift));
    };
  }
}
