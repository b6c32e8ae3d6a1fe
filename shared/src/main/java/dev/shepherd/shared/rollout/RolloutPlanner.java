package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import dev.shepherd.shared.rollout.RolloutState.Rejection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides the next step of one fleet's rollout.
 *
 * <ol>
 *   <li>First sight, or a state that is lost: adopt what runs ({@link Adoption}).
 *   <li>The source is gone, or tagged {@code shepherd:paused=true}: nothing moves.
 *   <li>{@code live} or {@code current} do not say what the state says: publish them again.
 *   <li>The source holds a text that is neither live nor the candidate. With errors it is refused,
 *       once, and disturbs nothing; without, it is the candidate from now on and supersedes an
 *       older one. When the source says live again, a candidate or a refusal is forgotten.
 *   <li>While the source's text is not live's, services that take it by name are pinned to live,
 *       whatever becomes of that text: every task that ECS starts for them would read it.
 *   <li>All pinned: the candidate is promoted. Then the managed services go to it, one after the
 *       other, the smallest first ({@link Advance} says when one is through).
 *   <li>All through: completed.
 *   <li>A service that ECS took back, or that takes too long, holds the rollout until the source
 *       holds a newer text.
 * </ol>
 *
 * <p>What it promises: the same snapshot gives the same decision; no service is deployed while
 * somebody else's deployment is in progress on it; no service begins before those under way are
 * through; nothing with an error is ever started; with nothing to do the decision is
 * {@link RolloutDecision.Done}, which writes nothing.
 */
public final class RolloutPlanner {
  private static final int SERVICES_AT_ONCE = 1;

  private RolloutPlanner() {}

  /** The next step; ask again with the deeper snapshot after a {@link RolloutDecision.Look}. */
  public static RolloutDecision plan(RolloutSnapshot snapshot, RolloutLimits limits, Instant now) {
    if (snapshot.state().isEmpty()) {
      return Adoption.plan(snapshot, now);
    }
    RolloutState state = snapshot.state().get();
    if (snapshot.source().isEmpty()) {
      return new RolloutDecision.Wait(
          "paused: the config parameter was deleted; the fleet stays on " + state.live());
    }
    if (Boolean.parseBoolean(snapshot.tags().getOrDefault("shepherd:paused", "false"))) {
      return new RolloutDecision.Wait("paused by the tag shepherd:paused");
    }
    if (!isPublished(snapshot, state.live())) {
      return new RolloutDecision.Publish(
          state.live(), "live and current do not say " + state.live());
    }
    ConfigVersion source = snapshot.source().get();
    return news(source, state, now).orElseGet(() -> goOn(snapshot, source, state, limits, now));
  }

  private static boolean isPublished(RolloutSnapshot snapshot, ConfigHash live) {
    return snapshot.live().filter(live::equals).isPresent()
        && snapshot.current().map(ConfigVersion::hash).filter(live::equals).isPresent();
  }

  private static Optional<RolloutDecision> news(
      ConfigVersion source, RolloutState state, Instant now) {
    ConfigHash hash = source.hash();
    Optional<ConfigHash> candidate = state.candidate();
    if (candidate.filter(hash::equals).isPresent() || hash.equals(state.live())) {
      return knownText(hash, state, now);
    }
    if (source.hasErrors()) {
      boolean known = state.rejected().map(Rejection::hash).filter(hash::equals).isPresent();
      return known ? Optional.empty() : Optional.of(reject(source, state));
    }
    String superseded = candidate
        .filter(older -> !older.equals(state.live()))
        .map(older -> "; it supersedes " + older)
        .orElse("");
    return Optional.of(new RolloutDecision.Start(
        source,
        state.starting(source, now),
        source + " has no errors and is not live" + superseded));
  }

  private static Optional<RolloutDecision> knownText(
      ConfigHash hash, RolloutState state, Instant now) {
    boolean withdrawn =
        state.candidate().filter(candidate -> !candidate.equals(hash)).isPresent();
    if (withdrawn) {
      return Optional.of(new RolloutDecision.Note(
          state.withdrawn(now), "the candidate is withdrawn: the source says live again"));
    }
    return state
        .rejected()
        .map(rejected -> new RolloutDecision.Note(
            state.rejecting(Optional.empty()),
            "the refused version " + rejected.version() + " is withdrawn"));
  }

  private static RolloutDecision reject(ConfigVersion source, RolloutState state) {
    String reason = RolloutReasons.refused(source);
    Rejection rejection = new Rejection(source.hash(), source.version(), reason);
    return new RolloutDecision.Reject(
        source.findings(), state.rejecting(Optional.of(rejection)), reason);
  }

  private static RolloutDecision goOn(
      RolloutSnapshot snapshot,
      ConfigVersion source,
      RolloutState state,
      RolloutLimits limits,
      Instant now) {
    if (state.held().isPresent()) {
      return new RolloutDecision.Wait("held: " + state.held().get());
    }
    boolean rolling = state.phase() == Phase.WAVES;
    Advance advance = new Advance(snapshot, state, limits, now);
    List<ServiceState> scope = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .filter(service -> rolling || mustBePinned(service, source, state))
        .sorted(Comparator.comparingInt(ServiceState::running).thenComparing(ServiceState::name))
        .toList();
    int atOnce = rolling ? SERVICES_AT_ONCE : limits.maxConcurrentDeployments();
    return switch (advance.next(scope, atOnce)) {
      case AdvanceStep.NeedsTasks(var services) ->
        new RolloutDecision.Look(services, false, "are its collectors well, and which images run?");
      case AdvanceStep.Begin(var orders, var moving) ->
        new RolloutDecision.Deploy(
            orders, state.moving(moving), RolloutReasons.begun(orders, state));
      case AdvanceStep.Stuck(var reason, var moving) ->
        new RolloutDecision.Hold(state.moving(moving).holding(reason), "held: " + reason);
      case AdvanceStep.UnderWay(var reason, var moving) ->
        moving.equals(state.moving())
            ? new RolloutDecision.Wait(reason)
            : new RolloutDecision.Note(state.moving(moving), reason);
      case AdvanceStep.Through() -> through(snapshot, state, scope, now);
    };
  }

  /** By name while the source is not live, and those of them that are on their way. */
  private static boolean mustBePinned(
      ServiceState service, ConfigVersion source, RolloutState state) {
    boolean underWay =
        state.moving().stream().anyMatch(mark -> mark.service().equals(service.name()));
    boolean byName = service.definition().collectors().stream()
        .anyMatch(collector -> collector.reference() instanceof ConfigReference.ByName);
    return underWay || (byName && !source.hash().equals(state.live()));
  }

  private static RolloutDecision through(
      RolloutSnapshot snapshot, RolloutState state, List<ServiceState> scope, Instant now) {
    return switch (state.phase()) {
      case PIN -> {
        ConfigHash candidate = state.candidate().orElseThrow();
        yield new RolloutDecision.Promote(
            candidate,
            state.promoted(candidate, now),
            candidate + " becomes live; before it " + state.live());
      }
      case WAVES ->
        new RolloutDecision.Complete(
            state.finished(now), scope.size() + " services run " + state.live() + " and are well");
      case IDLE ->
        state.moving().isEmpty()
            ? new RolloutDecision.Done(RolloutReasons.quiet(snapshot, state))
            : new RolloutDecision.Note(
                state.moving(List.of()), "every by-name service is pinned to live");
    };
  }
}
