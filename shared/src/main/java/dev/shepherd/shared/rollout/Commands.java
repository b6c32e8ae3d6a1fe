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
 * takes a hash out, unless it is aborted too. A tag that names none of these changes nothing.
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
