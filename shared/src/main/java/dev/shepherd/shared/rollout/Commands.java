package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What operators say by tags on the config parameter: {@code shepherd:abort=<hash>} puts a
 * candidate, or live with a good one before it, in quarantine; {@code shepherd:release=<hash>}
 * takes a hash out, unless it is aborted too. A tag that names none of these changes nothing.
 */
final class Commands {
  /** In quarantine for every binary. */
  private static final String EVERY_BINARY = "*";

  private static final String ABORT = "shepherd:abort";
  private static final String RELEASE = "shepherd:release";

  private Commands() {}

  static Optional<RolloutDecision> plan(RolloutSnapshot snapshot, RolloutState state, Instant now) {
    Optional<ConfigHash> abort = hash(snapshot.tags(), ABORT)
        .filter(hash -> !state.isQuarantined(hash, EVERY_BINARY::equals));
    Optional<ConfigHash> release = hash(snapshot.tags(), RELEASE)
        .filter(hash -> state.isQuarantined(hash, _ -> true))
        .filter(hash -> !hash(snapshot.tags(), ABORT).equals(Optional.of(hash)));
    return abort
        .flatMap(hash -> abort(hash, state, now))
        .or(() -> release.map(hash -> new RolloutDecision.Note(
            state.releasing(hash), hash + " is released from quarantine by tag")));
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

  /** The binaries that a text of this fleet would run on now, and the word for all of them. */
  static Set<String> binaries(RolloutSnapshot snapshot) {
    Set<String> binaries = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .flatMap(service -> service.definition().collectors().stream())
        .map(Collector::binary)
        .collect(Collectors.toCollection(HashSet::new));
    binaries.add(EVERY_BINARY);
    return binaries;
  }
}
