package dev.shepherd.functions.registration;

import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.RegistrationDecision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instances the Cloud Map services of fleets may hold: those that were last listed, and those
 * that a run has meant to change since. A canary that is none of them has been taken out before it
 * stops. Lost with this instance of the function; then nothing is known to be out.
 */
final class KnownInstances {
  private final Map<String, Set<String>> byRegistry = new HashMap<>();
  private Optional<Set<String>> registries = Optional.empty();

  /** These are all Cloud Map services that there are. */
  void begin(Set<String> ids) {
    registries = Optional.of(Set.copyOf(ids));
    byRegistry.keySet().retainAll(ids);
  }

  /** What was not listed whole may hold anything; Service Connect's hold none of Shepherd's. */
  void listed(Listing listing) {
    Registry registry = listing.registry();
    if (listing.closed().isEmpty() || registry.serviceConnect()) {
      byRegistry.put(
          registry.id(),
          listing.instances().stream()
              .map(Instance::id)
              .collect(Collectors.toCollection(HashSet::new)));
    } else {
      byRegistry.remove(registry.id());
    }
  }

  /** These are about to be carried out; whether they were is known by the next listing. */
  void meant(Registry registry, List<RegistrationDecision> decisions) {
    Set<String> known = byRegistry.getOrDefault(registry.id(), new HashSet<>());
    for (RegistrationDecision decision : decisions) {
      if (decision instanceof RegistrationDecision.Change change) {
        known.add(change.instance());
      }
    }
  }

  /** Whether no Cloud Map service holds an instance of this id. */
  boolean isNowhere(String id) {
    return registries.filter(byRegistry.keySet()::containsAll).isPresent()
        && byRegistry.values().stream().noneMatch(ids -> ids.contains(id));
  }
}
