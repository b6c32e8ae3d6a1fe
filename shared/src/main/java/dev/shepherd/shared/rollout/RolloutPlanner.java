package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides the next step of one fleet's rollout.
 *
 * <ol>
 *   <li>First sight, or a state that is lost: adopt what runs ({@link Adoption}).
 *   <li>The source is tagged {@code shepherd:paused=true}: nothing moves. It is gone: only by-name
 *       services move, to live, since ECS could start no task of theirs any more.
 *   <li>The source holds a text that is neither live nor the candidate. With errors it is refused,
 *       once, and disturbs nothing; without, it is the candidate from now on and supersedes an
 *       older one. When the source says live again, a candidate or a refusal is forgotten.
 *   <li>While the source's text is not live's, services that take it by name are pinned to live,
 *       whatever becomes of that text: every task that ECS starts for them would read it.
 *   <li>What somebody pinned to another snapshot, and by-name services, may be left alone by
 *       policy, or repaired at once ({@link Drift}).
 *   <li>All pinned: the candidate is promoted. Then the managed services go to it in waves, the
 *       smallest first ({@link Waves}; {@link Advance} says when one is through).
 *   <li>Collectors that fail on it by themselves ({@link Evidence}) while the others are well
 *       ({@link Blame}) put it in quarantine: the last good one is live again, what runs the failed
 *       one goes back from its current definition, and the failed revisions are deregistered. A
 *       quarantined text is not offered again, unless released by tag, or to another binary.
 *   <li>So does an alarm that a service names and that was OK before; another one that is in ALARM
 *       lets no further service begin ({@link Alarms}).
 *   <li>{@code live} does not say what the state says: it is published again, before anything
 *       follows.
 *   <li>All through, and every collector of the fleet seen well: completed.
 *   <li>A service that ECS took back, or that takes too long, holds the rollout: it tries again
 *       after 5 minutes, then ever later, up to an hour; at once with a newer text.
 * </ol>
 *
 * <p>What it promises: the same snapshot gives the same decision; no service is deployed while
 * somebody else's deployment is in progress on it; no wave begins before the one before it is
 * through; nothing with an error is ever started; with nothing to do the decision is
 * {@link RolloutDecision.Done}, which writes nothing.
 */
public final class RolloutPlanner {

  private RolloutPlanner() {}

  /** The next step; ask again with the deeper snapshot after a {@link RolloutDecision.Look}. */
  public static RolloutDecision plan(RolloutSnapshot snapshot, RolloutLimits limits, Instant now) {
    RolloutDecision decision = decision(snapshot, limits, now);
    return snapshot
        .state()
        .map(state -> PolicyTags.noted(decision, snapshot.tags(), state))
        .orElse(decision);
  }

  private static RolloutDecision decision(
      RolloutSnapshot snapshot, RolloutLimits limits, Instant now) {
    if (snapshot.state().isEmpty()) {
      return Adoption.plan(snapshot, now);
    }
    RolloutState state = snapshot.state().get();
    if (Boolean.parseBoolean(
        snapshot.tags().getOrDefault("shepherd:paused", "false").strip())) {
      return new RolloutDecision.Wait("paused by the tag shepherd:paused");
    }
    Optional<RolloutDecision> command = Commands.plan(snapshot, state, now);
    if (command.isPresent()) {
      return command.get();
    }
    if (snapshot.source().isEmpty()) {
      return goOn(snapshot, state, limits, now);
    }
    ConfigVersion source = snapshot.source().get();
    return News.of(snapshot, source, state, now)
        .orElseGet(() -> goOn(snapshot, state, limits.tuned(snapshot.tags()), now));
  }

  /**
   * The name and a text; what the text is follows from the order in which they are written. It may
   * be missing where Parameter Store refused it, since a parameter's type cannot be changed: nobody
   * is sent there before somebody has deleted the old one.
   */
  private static boolean isPublished(RolloutSnapshot snapshot, RolloutState state) {
    Optional<String> type = snapshot
        .source()
        .filter(source -> source.hash().equals(state.live()))
        .map(source -> source.kind().type());
    boolean isRead = snapshot.services().stream()
        .flatMap(service -> service.definition().collectors().stream())
        .anyMatch(collector -> collector.reference() instanceof ConfigReference.Current);
    boolean typeFits = snapshot
        .current()
        .filter(current -> !isRead || type.map(current.kind().type()::equals).orElse(true))
        .isPresent();
    return snapshot.live().filter(state.live()::equals).isPresent() && typeFits;
  }

  private static RolloutDecision goOn(
      RolloutSnapshot snapshot, RolloutState state, RolloutLimits limits, Instant now) {
    Optional<Held> held = state.held().filter(hold -> now.isBefore(hold.until()));
    if (held.isPresent()) {
      return new RolloutDecision.Wait(
          "held until " + held.get().until() + ": " + held.get().reason());
    }
    if (state.phase() != Phase.PIN && !isPublished(snapshot, state)) {
      return new RolloutDecision.Publish(
          state.live(), "live or current do not say " + state.live());
    }
    boolean rolling = state.phase() == Phase.WAVES && snapshot.source().isPresent();
    Alarms alarms = Alarms.of(snapshot, state);
    if (alarms.areUnseen() && (rolling || (state.candidate().isPresent() && alarms.needStart()))) {
      return RolloutDecision.Look.alarms("do the alarms stand as they did before the rollout?");
    }
    if (state.candidate().isPresent() && alarms.needStart()) {
      return watching(snapshot, state.watching(alarms.start()), limits, now);
    }
    Optional<String> alarm = rolling ? alarms.hold(state.since()) : Optional.empty();
    Drift drift = new Drift(snapshot, state, limits);
    Advance advance = new Advance(snapshot, state, limits, now);
    List<ServiceState> managed = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .filter(service -> !drift.isLeft(service))
        .filter(service ->
            rolling || drift.isRepairedNow(service) || mustMove(service, snapshot, state))
        .sorted(Comparator.comparingInt(ServiceState::running).thenComparing(ServiceState::name))
        .toList();
    List<ServiceState> scope = rolling
        ? Waves.open(
            managed,
            limits.waves(),
            service -> advance.standing(service).isOnTarget(),
            service -> advance.standing(service).isThrough())
        : managed;
    AdvanceStep step =
        advance.next(scope, alarm.isPresent() ? 0 : limits.maxConcurrentDeployments());
    if (step instanceof AdvanceStep.Through && scope.size() < managed.size()) {
      RolloutState next = state.moving(List.of()); // This wave is through: the next one opens.
      return goOn(snapshot.with(next), next, limits, now);
    }
    return Milestones.blame(advance, managed, state, now)
        .filter(_ -> !(step instanceof AdvanceStep.NeedsTasks))
        .or(() -> rolling ? Milestones.blame(alarms, state, now) : Optional.empty())
        .or(() -> alarm.flatMap(reason -> Milestones.hold(reason, step, state, now)))
        .orElseGet(() -> decide(step, drift, managed, now));
  }

  /** How the alarms stood is remembered, whatever else is decided. */
  private static RolloutDecision watching(
      RolloutSnapshot snapshot, RolloutState watched, RolloutLimits limits, Instant now) {
    RolloutDecision decision = goOn(snapshot.with(watched), watched, limits, now);
    return decision instanceof RolloutDecision.Wait(var reason)
        ? new RolloutDecision.Note(watched, reason)
        : decision;
  }

  private static RolloutDecision decide(
      AdvanceStep step, Drift drift, List<ServiceState> scope, Instant now) {
    RolloutState state = drift.state();
    return switch (step) {
      case AdvanceStep.NeedsTasks(var services) ->
        RolloutDecision.Look.tasks(services, "are its collectors well, and which images run?");
      case AdvanceStep.Begin(var orders, var moving) ->
        new RolloutDecision.Deploy(
            orders, state.moving(moving), RolloutReasons.begun(orders, drift.snapshot(), state));
      case AdvanceStep.Stuck(var reason, var moving) ->
        new RolloutDecision.Hold(state.moving(moving).holding(reason, now), "held: " + reason);
      case AdvanceStep.UnderWay(var reason, var moving) ->
        moving.equals(state.moving())
            ? new RolloutDecision.Wait(reason)
            : new RolloutDecision.Note(state.moving(moving), reason);
      case AdvanceStep.Through() -> through(drift, scope, now);
    };
  }

  /**
   * By name while the source is not live; on a hash that is in quarantine and, when going back, on
   * any that was never completed, or on the text of {@code current}; and those on their way.
   */
  private static boolean mustMove(
      ServiceState service, RolloutSnapshot snapshot, RolloutState state) {
    boolean underWay = state.moving().stream()
        .filter(mark -> mark.service().equals(service.name()))
        .anyMatch(mark -> mark.to().equals(state.live()) && state.isFollowed(mark));
    boolean byName = Drift.isByName(service);
    boolean sourceIsLive =
        snapshot.source().map(ConfigVersion::hash).filter(state.live()::equals).isPresent();
    boolean goingBack = state.phase() == Phase.BACK;
    boolean onFailed = service.definition().collectors().stream()
        .map(Collector::reference)
        .anyMatch(reference -> switch (reference) {
          case ConfigReference.Pinned pinned ->
            state.isQuarantined(pinned.hash(), _ -> true)
                || (goingBack && !state.completed().contains(pinned.hash()));
          case ConfigReference.Current _ -> goingBack;
          case ConfigReference.ByName _ -> false;
        });
    return underWay || onFailed || (byName && !sourceIsLive);
  }

  private static RolloutDecision through(Drift drift, List<ServiceState> scope, Instant now) {
    RolloutSnapshot snapshot = drift.snapshot();
    RolloutState state = drift.state();
    if (snapshot.source().isEmpty()) {
      return new RolloutDecision.Wait(
          "paused: the config parameter was deleted; the fleet stays on " + state.live());
    }
    return switch (state.phase()) {
      case PIN -> Milestones.promote(snapshot, state, now);
      case BACK ->
        new RolloutDecision.Retire(
            state.quarantined().stream().map(Quarantine::hash).collect(Collectors.toSet()),
            state.back(now),
            "every service is back on " + state.live());
      case WAVES -> Milestones.completed(drift, scope, now);
      case IDLE ->
        state.moving().isEmpty()
            ? new RolloutDecision.Done(RolloutReasons.quiet(drift))
            : new RolloutDecision.Note(
                state.moving(List.of()), "every service that had to move is on live");
    };
  }
}
