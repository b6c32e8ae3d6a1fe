package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one look leaves alone, and what it suspects. */
final class LookedAt {
  private final Map<Sighting, Instant> firstSeen;
  private final Instant before;
  private final Map<Guard, List<String>> left = new EnumMap<>(Guard.class);
  private final Set<String> untouchable = new HashSet<>();
  private final Set<Sighting> suspected = new HashSet<>();

  LookedAt(RegistrationSnapshot seen, RegistrationLimits limits, Instant now) {
    firstSeen = seen.firstSeen();
    before = now.minus(limits.grace());
  }

  /** This instance is left as it is, and is in no other decision. */
  void leave(Guard guard, String instance) {
    left.computeIfAbsent(guard, _ -> new ArrayList<>()).add(instance);
    untouchable.add(instance);
  }

  boolean isLeft(String instance) {
    return untouchable.contains(instance);
  }

  /** Whether a look at least the grace ago saw the same; from now on it is suspected. */
  boolean isConfirmed(Sighting sighting) {
    suspected.add(sighting);
    return Optional.ofNullable(firstSeen.get(sighting))
        .filter(since -> !since.isAfter(before))
        .isPresent();
  }

  Set<Sighting> suspected() {
    return suspected;
  }

  /** One for each guard. */
  List<Leave> leaves() {
    List<Leave> leaves = new ArrayList<>();
    left.forEach((guard, ids) -> leaves.add(new Leave(
        guard, ids.stream().sorted().toList(), RegistrationReasons.of(guard, ids.size()))));
    return leaves;
  }
}
