package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigReference;
import java.time.Instant;
import java.util.Optional;

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

  /** A service that takes the config by name meanwhile is pinned; what is tried is watched on. */
  private static RolloutDecision trying(Moment at, Alarms alarms) {
    if (at.unpinned().isEmpty()) {
      return Trying.plan(at, alarms);
    }
    RolloutDecision pin = new Rolling(at, alarms).plan();
    boolean watched = at.state().phase() != RolloutState.Phase.PROBE;
    return watched && pin instanceof RolloutDecision.Wait ? Trying.plan(at, alarms) : pin;
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
    Alarms alarms = Alarms.of(at.snapshot(), state);
    if (state.candidate().isPresent() && alarms.needStart()) {
      return alarms.areUnseen()
          ? RolloutDecision.Look.alarms("how do the alarms stand before the rollout?")
          : new RolloutDecision.Note(
              state.watching(alarms.start()), "the alarms as they stand are remembered");
    }
    return switch (state.phase()) {
      case PROBE, CANARY, BAKE -> trying(at, alarms);
      case IDLE, PIN, WAVES, BACK -> new Rolling(at, alarms).plan();
    };
  }
}
