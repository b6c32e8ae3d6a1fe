package dev.shepherd.functions.registration;

import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import java.util.List;
import java.util.Optional;

/** A Cloud Map service's instances, or why nothing is done to it. */
record Listing(Registry registry, List<Instance> instances, Optional<Leave> closed) {
  Listing {
    instances = List.copyOf(instances);
  }

  static Listing closed(Registry registry, Guard guard, String reason) {
    return new Listing(registry, List.of(), Optional.of(new Leave(guard, List.of(), reason)));
  }
}
