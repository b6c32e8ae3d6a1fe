package dev.shepherd.shared.registration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** What is still suspected once something was done to these instances. */
  public Set<Sighting> suspectedBeside(Set<String> done) {
    boolean allIn = !holds(RegistrationDecision.Guard.FULL)
        && decisions.stream()
            .filter(RegistrationDecision.Register.class::isInstance)
            .map(register -> ((RegistrationDecision.Register) register).instance())
            .allMatch(done::contains);
    Set<String> ids = done.stream().map(Sighting::idOf).collect(Collectors.toSet());
    return suspected.stream()
        .filter(each -> !ids.contains(each.id()))
        .filter(each -> !each.isOfEvery() || !allIn || holds(RegistrationDecision.Guard.YOUNG))
        .collect(Collectors.toSet());
  }

  /** Whether something is to be taken out. */
  public boolean takesOut() {
    return decisions.stream().anyMatch(RegistrationDecision.Deregister.class::isInstance);
  }

  /** Whether this guard leaves something as it is. */
  public boolean holds(RegistrationDecision.Guard guard) {
    return decisions.stream()
        .anyMatch(decision ->
            decision instanceof RegistrationDecision.Leave leave && leave.guard() == guard);
  }
}
