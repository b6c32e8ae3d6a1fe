package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 *   <li>All pinned: the candidate is promoted. Then the managed services go to it in waves, the
 *       smallest first ({@link Waves}; {@link Advance} says when one is through).
 *   <li>Collectors that fail on it by themselves ({@link Evidence}) while the others are well
 *       ({@link Blame}) put it in quarantine: the last good one is live again, what runs the failed
 *       one goes back from its current definition, and the failed revisions are deregistered. A
 *       quarantined text is not offered again, unless released by tag, or to another binary.
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
    RolloutDecision next = news(snapshot, state, now)
        .orElseGet(() -> goOn(new Moment(
            snapshot,
            state,
            snapshot.source().isPresent() ? limits.tuned(snapshot.tags()) : limits,
            now)));
    boolean leftovers =
        next instanceof RolloutDecision.Done && state.trial().extrasAt().isPresent();
    return leftovers
        ? new RolloutDecision.Wait("extra tasks may be left: looked at once more")
        : next;
  }

  private static Optional<RolloutDecision> news(
      RolloutSnapshot snapshot, RolloutState state, Instant now) {
    if (snapshot.source().isPresent()) {
      return News.of(snapshot, snapshot.source().get(), state, now);
    }
    return state.phase().isBeforePromotion()
        ? Optional.of(new RolloutDecision.Note(
            state.withdrawn(now), "the candidate is withdrawn: the config parameter was deleted"))
        : Optional.empty();
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

  private static RolloutDecision goOn(Moment at) {
    Optional<RolloutDecision> takeDown = TakeDown.plan(at);
    if (takeDown.isPresent()) {
      return takeDown.get();
    }
    RolloutState state = at.state();
    boolean stray = at.managed().stream().anyMatch(at::isStray);
    boolean before = state.phase().isBeforePromotion();
    if (at.isHeld() && !(before && stray)) {
      Held held = state.held().orElseThrow();
      return new RolloutDecision.Wait("held until " + held.until() + ": " + held.reason());
    }
    if (!before && !isPublished(at.snapshot(), state)) {
      return new RolloutDecision.Publish(
          state.live(), "live or current do not say " + state.live());
    }
    return switch (state.phase()) {
      case PROBE, CANARY, BAKE -> at.unpinned().isEmpty() ? Trying.plan(at) : advance(at);
      case IDLE, PIN, WAVES, BACK -> advance(at);
    };
  }

  private static RolloutDecision advance(Moment at) {
    RolloutSnapshot snapshot = at.snapshot();
    RolloutState state = at.state();
    boolean rolling = state.phase() == Phase.WAVES && snapshot.source().isPresent();
    List<ServiceState> managed = at.managed().stream()
        .filter(service -> rolling || mustMove(service, at))
        .sorted(Comparator.comparingInt(ServiceState::running).thenComparing(ServiceState::name))
        .toList();
    Optional<RolloutDecision> access =
        rolling || at.isHeld() ? Optional.empty() : Probes.access(at, state.live(), at.unpinned());
    if (access.isPresent()) {
      return access.get();
    }
    boolean bakes = rolling && state.trial().unbaked();
    RolloutLimits limits =
        bakes ? at.limits().settlingFor(at.limits().canary().bake()) : at.limits();
    Advance advance =
        new Advance(snapshot, state, state.live(), state.phase() == Phase.WAVES, limits, at.now());
    List<ServiceState> scope = rolling ? open(at, advance, managed) : managed;
    AdvanceStep step = advance.next(scope, limits.maxConcurrentDeployments());
    if (step instanceof AdvanceStep.Through && (bakes || scope.size() < managed.size())) {
      // This wave is through: the next one opens.
      RolloutState next = state.moving(List.of()).trial(state.trial().unbaked(false));
      return bakes
          ? new RolloutDecision.Proceed(
              next, Map.of(), "the first service has baked on " + state.live())
          : goOn(new Moment(snapshot.with(next), next, at.limits(), at.now()));
    }
    return Milestones.blame(advance, managed, state, at.now())
        .filter(_ -> !(step instanceof AdvanceStep.NeedsTasks))
        .orElseGet(() -> decide(step, at, managed));
  }

  /** Where nothing could bake before the promotion, the first wave is one service that runs. */
  private static List<ServiceState> open(Moment at, Advance advance, List<ServiceState> managed) {
    List<ServiceState> wave = Waves.open(
        managed,
        at.limits().waves(),
        service -> advance.standing(service).isOnTarget(),
        service -> advance.standing(service).isThrough());
    return at.trial().unbaked()
        ? managed.stream()
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

  private static RolloutDecision decide(AdvanceStep step, Moment at, List<ServiceState> scope) {
    RolloutState state = at.state();
    return switch (step) {
      case AdvanceStep.NeedsTasks(var services) ->
        RolloutDecision.Look.tasks(services, "are its collectors well, and which images run?");
      case AdvanceStep.Begin(var orders, var moving) ->
        new RolloutDecision.Deploy(
            orders, state.moving(moving), RolloutReasons.begun(orders, state));
      case AdvanceStep.Stuck(var reason, var moving) ->
        new RolloutDecision.Hold(state.moving(moving).holding(reason, at.now()), "held: " + reason);
      case AdvanceStep.UnderWay(var reason, var moving) ->
        moving.equals(state.moving())
            ? new RolloutDecision.Wait(reason)
            : new RolloutDecision.Note(state.moving(moving), reason);
      case AdvanceStep.Through() -> through(at, scope);
    };
  }

  /**
   * By name while the source is not live; on a hash that is in quarantine and, when going back, on
   * any that was never completed, or on the text of {@code current}; and those on their way.
   */
  private static boolean mustMove(ServiceState service, Moment at) {
    RolloutState state = at.state();
    boolean underWay = state.moving().stream()
        .filter(mark -> mark.service().equals(service.name()))
        .anyMatch(mark -> mark.to().equals(state.live()) && state.isFollowed(mark));
    if (at.isHeld()) {
      return at.isStray(service);
    }
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
    return underWay || onFailed || at.isStray(service) || at.unpinned().contains(service);
  }

  private static RolloutDecision through(Moment at, List<ServiceState> scope) {
    RolloutState state = at.state();
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
            state.trying(Phase.PROBE, at.now()).trial(first(state)), Map.of(), pinned(at));
      case PROBE, CANARY, BAKE -> new RolloutDecision.Wait("by-name services are pinned to live");
      case BACK ->
        new RolloutDecision.Note(state.back(at.now()), "every service is back on " + state.live());
      case WAVES -> Milestones.completed(state, scope, at.now());
      case IDLE ->
        state.retiring()
            ? new RolloutDecision.Retire(
                state.quarantined().stream().map(Quarantine::hash).collect(Collectors.toSet()),
                state.retired(),
                "no service runs what is in quarantine")
            : new RolloutDecision.Done(RolloutReasons.quiet(at.snapshot(), state));
    };
  }

  private static Trial first(RolloutState state) {
    return state.trial().step().first(Optional.empty());
  }

  private static String pinned(Moment at) {
    return "no service takes the unproven text: probes of "
        + at.state().candidate().map(Object::toString).orElse("");
  }
}
