package dev.shepherd.shared.registration;

import java.util.List;
import java.util.Set;

/**
 * What one look at a Cloud Map service came to.
 *
 * @param decisions what to do, in this order, and what is left alone, and why
 * @param suspected what a later look has to confirm or has confirmed; all else may be forgotten
 * @param drift how far it is from what it should hold
 */
public record RegistrationPlan(
    List<RegistrationDecision> decisions, Set<Sighting> suspected, Drift drift) {
  public RegistrationPlan {
    decisions = List.copyOf(decisions);
    suspected = Set.copyOf(suspected);
  }

  /** How many instances are missing, stale or wrong, whatever is done about them. */
  public record Drift(int missing, int stale, int wrong) {}

  /** Whether something is to be taken out. */
  public boolean takesOut() {
    return decisions.stream().anyMatch(RegistrationDecision.Deregister.class::isInstance);
  }
}
