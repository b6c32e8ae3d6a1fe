package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigReference;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides the next step of one fleet's rollout.
 *
 * <ol>
 *   <li><b>First sight</b>, or a state that is lost: adopt what runs ({@link Adoption}).
 *   <li><b>Operators' tags</b>: with {@code shepherd:paused=true} nothing moves, but extra tasks
 *       that have no business go, probes with them, which begin anew afterwards; {@link Commands}
 *       abort and release, and say what they cannot do; {@link PolicyTags} that are out of bounds
 *       change nothing and are found.
 *   <li><b>A new text</b> ({@link News}), neither live nor the candidate: with errors it is
 *       refused, once, and disturbs nothing; without, it is the candidate from now on and
 *       supersedes an older one. When the source says live again, or is deleted, a candidate is
 *       withdrawn. One in quarantine is not offered again, unless released by tag, or to another
 *       binary.
 *   <li><b>Extra tasks</b> that have no business any more are taken down in every phase, before
 *       anything else ({@link TakeDown}); what goes on does not wait until they are gone.
 *   <li><b>Held</b>: nothing but the first service's way back to live, and that of services which
 *       somebody brought since then to what nobody may run, until it tries again: after 5 minutes,
 *       then ever later, up to an hour; at once with a newer text. A hold before the promotion
 *       begins anew with the probes.
 *   <li><b>Publish</b>: {@code live} or {@code current} do not say what the state says, and no
 *       candidate is tried: they are written again, before anything follows.
 *   <li><b>Alarms</b> that services name are looked at before anything is tried ({@link Alarms}).
 *       One that was OK and turned blames the config; another one in ALARM holds the rollout or,
 *       after the promotion, lets no further service begin.
 *   <li><b>Pin</b>: while the source's text is not live's, services that take it by name are pinned
 *       to live, whatever becomes of that text, since every task that ECS starts for them would
 *       read it; first a probe tells whether their roles can read live's snapshot. What somebody
 *       pinned elsewhere may be left alone or repaired at once, by policy ({@link Drift}). What is
 *       in quarantine, and a first service whose candidate never came, goes back ({@link Rolling}).
 *   <li><b>Probe</b>: the fleet's binaries alone read the candidate ({@link Probes}). What the
 *       whole fleet has run on these binaries is promoted then.
 *   <li><b>Canary</b>: extra tasks beside services of the service pattern, announced to Cloud Map,
 *       and one service of the sidecar pattern, together within the share ({@link Canaries},
 *       {@link CanarySize}, {@link FirstService}). Where there can be neither, the probes are the
 *       canaries.
 *   <li><b>Bake</b>: all have to stay well ({@link Bake}).
 *   <li><b>Blame before the promotion</b>: one collector that fails on the candidate by itself
 *       ({@link Evidence}), while those on live are well, puts it in quarantine; all else holds.
 *   <li><b>Promotion</b>: the candidate is live. The managed services go to it in waves, the first
 *       service and the smallest first ({@link Waves}; {@link Advance} says when one is through).
 *       Where nothing could bake before, the first wave is one service, and bakes.
 *   <li><b>Blame after it</b> ({@link Blame}): enough collectors that fail by themselves while the
 *       others are well put it in quarantine; the last completed one is live again, and what runs
 *       the failed one goes back from its current definition. A service that ECS took back, or that
 *       takes too long, holds the rollout.
 *   <li><b>The end</b>: all through, and every collector of the fleet seen well: completed. All
 *       back: revisions of failed hashes are deregistered.
 * </ol>
 *
 * <p>What it promises: the same snapshot gives the same decision; no service is deployed while
 * somebody else's deployment is in progress on it; no wave begins before the one before it is
 * through; nothing with an error is ever started; before its promotion a candidate is started only
 * on extra tasks and one service, within the canary share or one alone; what tried a candidate that
 * is not tried any more goes back or ends; before the promotion every wait but an operator's,
 * another's deployment and differing image digests ends in a hold; with nothing to do the decision
 * is {@link RolloutDecision.Done}, which writes nothing.
 */
public final class RolloutPlanner {

  private RolloutPlanner() {}

  /** The next step; ask again with the deeper snapshot after a {@link RolloutDecision.Look}. */
  public static RolloutDecision plan(RolloutSnapshot snapshot, RolloutLimits limits, Instant now) {
    RolloutDecision decision = decision(snapshot, limits, now);
    return snapshot
        .state()
        .map(state -> PolicyTags.noted(
            Commands.answered(decision, snapshot.tags(), state), snapshot.tags(), state))
        .orElse(decision);
  }

  /**
   * What is to be done at once when nothing is told but that deployments have completed, of a
   * snapshot that holds their services alone; empty where that takes a whole {@link #plan}. See
   * {@link Glance}.
   */
  public static Optional<RolloutDecision> glance(
      RolloutSnapshot snapshot, RolloutLimits limits, Instant now) {
    return snapshot.state().flatMap(state -> Glance.plan(new Moment(snapshot, state, limits, now)));
  }

  private static RolloutDecision decision(
      RolloutSnapshot snapshot, RolloutLimits limits, Instant now) {
    if (snapshot.state().isEmpty()) {
      return Adoption.plan(snapshot, now);
    }
    RolloutState state = snapshot.state().get();
    Moment at = new Moment(
        snapshot,
        state,
        snapshot.source().isPresent() ? limits.tuned(snapshot.tags()) : limits,
        now);
    if (at.isPaused()) {
      return TakeDown.plan(at)
          .orElseGet(() -> new RolloutDecision.Wait("paused by the tag shepherd:paused"));
    }
    Optional<RolloutDecision> command = Commands.plan(snapshot, state, now);
    if (command.isPresent()) {
      return command.get();
    }
    RolloutDecision next = news(snapshot, state, now).orElseGet(() -> goOn(at));
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
    boolean before = state.phase().isBeforePromotion();
    if (at.isHeld() && !at.isAnyUrgent()) {
      Held held = state.held().orElseThrow();
      return new RolloutDecision.Wait("held until " + held.until() + ": " + held.reason());
    }
    if (!before && !isPublished(at.snapshot(), state)) {
      return new RolloutDecision.Publish(
          state.live(), "live or current do not say " + state.live());
    }
    Alarms alarms = Alarms.of(at.snapshot(), state);
    if (state.candidate().isPresent() && alarms.needStart() && !at.isHeld()) {
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
