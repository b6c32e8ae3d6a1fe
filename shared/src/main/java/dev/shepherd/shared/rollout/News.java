package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import java.time.Instant;
import java.util.Optional;

/** What a text in the source means that is neither live nor on its way, or is so again. */
final class News {
  private News() {}

  static Optional<RolloutDecision> of(
      RolloutSnapshot snapshot, ConfigVersion source, RolloutState state, Instant now) {
    ConfigHash hash = source.hash();
    Optional<ConfigHash> candidate = state.candidate();
    if (candidate.filter(hash::equals).isPresent() || hash.equals(state.live())) {
      return knownText(hash, state, now);
    }
    if (source.hasErrors()) {
      boolean known = state.rejected().map(Rejection::hash).filter(hash::equals).isPresent();
      return known ? Optional.empty() : Optional.of(reject(source, state));
    }
    if (state.isQuarantined(hash, Commands.mayRunOn(snapshot))) {
      return Optional.empty();
    }
    Alarms alarms = Alarms.of(snapshot, state);
    if (alarms.areUnseen()) {
      return Optional.of(
          RolloutDecision.Look.alarms("which alarms are OK before the rollout begins?"));
    }
    String superseded = candidate
        .filter(older -> !older.equals(state.live()))
        .map(older -> "; it supersedes " + older)
        .orElse("");
    return Optional.of(new RolloutDecision.Start(
        source,
        state.starting(source, now).watching(alarms.start()),
        source + " has no errors and is not live" + superseded + alarms.missing()));
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
}
