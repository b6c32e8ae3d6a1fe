package dev.shepherd.functions.replacement;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.replacement.ReplacementDecision;
import dev.shepherd.shared.replacement.ReplacementDecision.Hold;
import dev.shepherd.shared.replacement.ReplacementDecision.OfService;
import dev.shepherd.shared.replacement.ReplacementDecision.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which causes hold a fleet's replacements, so that people are told once of each. Lost with the
 * instance, which tells them once more.
 */
final class Holds {
  private final Map<FleetName, Set<String>> told = new HashMap<>();

  /** The cause that holds, as metrics and events name it; empty when people need not know. */
  static Optional<String> cause(ReplacementDecision decision) {
    return switch (decision) {
      case Hold hold -> Optional.of(hold.cause().name());
      case Wait wait when wait.guard().holds() -> Optional.of(wait.guard().name());
      case Wait _,
          ReplacementDecision.Replace _,
          ReplacementDecision.Restart _,
          ReplacementDecision.Well _ -> Optional.empty();
    };
  }

  /** The decisions of each cause that holds and did not at the last look. */
  Map<String, List<OfService>> begun(FleetName fleet, List<ReplacementDecision> decisions) {
    Map<String, List<OfService>> held = new TreeMap<>();
    for (ReplacementDecision decision : decisions) {
      if (decision instanceof OfService of) {
        cause(decision)
            .ifPresent(
                cause -> held.computeIfAbsent(cause, _ -> new ArrayList<>()).add(of));
      }
    }
    Set<String> before =
        Optional.ofNullable(told.put(fleet, new HashSet<>(held.keySet()))).orElse(Set.of());
    held.keySet().removeAll(before);
    return held;
  }
}
