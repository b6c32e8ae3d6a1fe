package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What operators say by tags on the config parameter: {@code shepherd:abort=<hash>} puts a
 * candidate, or live with a good one before it, in quarantine; {@code shepherd:release=<hash>}
 * takes a hash out, unless it is aborted too. A tag that names none of these changes nothing, and
 * that is said.
 */
final class Commands {
  /** In quarantine for every binary. */
  static final String EVERY_BINARY = "*";

  private static final String ABORT = "shepherd:abort";
  private static final String RELEASE = "shepherd:release";

  private Commands() {}

  static Optional<RolloutDecision> plan(RolloutSnapshot snapshot, RolloutState state, Instant now) {
    Optional<ConfigHash> abort = hash(snapshot.tags(), ABORT)
        .filter(hash -> !state.isQuarantined(hash, EVERY_BINARY::equals));
    return abort.flatMap(hash -> abort(hash, state, now)).or(() -> release(snapshot.tags(), state));
  }

  /**
   * Once for each time that the tag names a hash, or one that fails again would be offered again.
   */
  private static Optional<RolloutDecision> release(Map<String, String> tags, RolloutState state) {
    Optional<ConfigHash> named = hash(tags, RELEASE);
    if (state.released().isPresent() && !named.equals(state.released())) {
      return Optional.of(new RolloutDecision.Note(
          state.releasing(Optional.empty()), "the release tag was taken away"));
    }
    return named
        .filter(hash -> state.phase() == Phase.IDLE && state.released().isEmpty())
        .filter(hash -> state.isQuarantined(hash, _ -> true))
        .filter(hash -> !hash(tags, ABORT).equals(Optional.of(hash)))
        .map(hash -> new RolloutDecision.Note(
            state.releasing(Optional.of(hash)), hash + " is released from quarantine by tag"));
  }

  private static Optional<RolloutDecision> abort(ConfigHash hash, RolloutState state, Instant now) {
    Quarantine aborted = new Quarantine(hash, EVERY_BINARY, "aborted");
    if (state.live().equals(hash)) {
      return state
          .previous()
          .map(good -> new RolloutDecision.Quarantine(
              state.goingBack(aborted, now), hash + " is aborted by tag: back to " + good));
    }
    return state
        .candidate()
        .filter(hash::equals)
        .map(_ -> new RolloutDecision.Note(
            state.withdrawn(now).quarantining(aborted), hash + " is aborted by tag"));
  }

  /** Whether the operator has stopped the fleet's rollouts. */
  static boolean isPaused(Map<String, String> tags) {
    return Boolean.parseBoolean(tags.getOrDefault("shepherd:paused", "false").strip());
  }

  /** The decision; where it does nothing, with what an operator asks for and does not get. */
  static RolloutDecision answered(
      RolloutDecision decision, Map<String, String> tags, RolloutState state) {
    String unheard = unheardAbort(tags, state) + unheardRelease(tags, state);
    if (decision instanceof RolloutDecision.Wait wait) {
      return new RolloutDecision.Wait(wait.reason() + unheard);
    }
    return decision instanceof RolloutDecision.Done done
        ? new RolloutDecision.Done(done.reason() + unheard)
        : decision;
  }

  private static String unheardAbort(Map<String, String> tags, RolloutState state) {
    return hash(tags, ABORT)
        .filter(hash -> !state.isQuarantined(hash, EVERY_BINARY::equals))
        .map(hash -> "; " + ABORT + "=" + hash + " " + whyNotAborted(hash, state))
        .orElse("");
  }

  private static String whyNotAborted(ConfigHash hash, RolloutState state) {
    boolean live = state.live().equals(hash);
    if (!live && state.candidate().filter(hash::equals).isEmpty()) {
      return "changes nothing: it is neither live nor the candidate";
    }
    return live && state.previous().isEmpty()
        ? "is not done: nothing is left to go back to"
        : "waits for the end of the pause";
  }

  private static String unheardRelease(Map<String, String> tags, RolloutState state) {
    return hash(tags, RELEASE)
        .filter(hash -> state.released().isEmpty() || state.isQuarantined(hash, _ -> true))
        .map(hash -> "; " + RELEASE + "=" + hash + " " + whyNotReleased(hash, tags, state))
        .orElse("");
  }

  private static String whyNotReleased(
      ConfigHash hash, Map<String, String> tags, RolloutState state) {
    if (!state.isQuarantined(hash, _ -> true)) {
      return "changes nothing: it is not in quarantine";
    }
    if (hash(tags, ABORT).filter(hash::equals).isPresent()) {
      return "is not done: " + ABORT + " names it as well";
    }
    if (state.released().isPresent()) {
      return "was done, and it failed again: take the tag away and set it anew";
    }
    return isPaused(tags) ? "waits for the end of the pause" : "waits for the rollout's end";
  }

  private static Optional<ConfigHash> hash(Map<String, String> tags, String key) {
    return Optional.ofNullable(tags.get(key))
        .map(String::strip)
        .filter(value -> value.matches("[0-9a-f]{12}"))
        .map(ConfigHash::new);
  }

  /**
   * Whether a text of this fleet might run on a binary now. A collector whose definition names no
   * digest may run on any: what its tag means can change.
   */
  static Predicate<String> mayRunOn(RolloutSnapshot snapshot) {
    Set<String> binaries = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .flatMap(service -> service.definition().collectors().stream())
        .map(Collector::binary)
        .collect(Collectors.toSet());
    boolean any = binaries.stream().anyMatch(binary -> !Collector.isDigest(binary));
    return binary -> any || binary.equals(EVERY_BINARY) || binaries.contains(binary);
  }
}
