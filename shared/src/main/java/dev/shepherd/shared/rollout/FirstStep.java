package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings the first service to a candidate, and judges its collectors there. */
final class FirstStep {
  private final Moment at;
  private final Advance advance;

  FirstStep(Moment at, ConfigHash candidate) {
    this.at = at;
    this.advance = new Advance(at.snapshot(), at.state(), candidate, true, at.limits(), at.now());
  }

  /** The next act until the service is through; empty once it is. */
  Optional<RolloutDecision> bring(ServiceState service) {
    AdvanceStep step = advance.next(List.of(service), 1 + at.state().moving().size());
    if (!advance.evidence().isEmpty() && !(step instanceof AdvanceStep.NeedsTasks)) {
      return Optional.of(Milestones.blameTrial(at, advance.evidence()));
    }
    return switch (step) {
      case AdvanceStep.NeedsTasks(var services, var _) ->
        Optional.of(RolloutDecision.Look.tasks(services, "are its collectors well?"));
      case AdvanceStep.Begin(var orders, var moving) ->
        Optional.of(new RolloutDecision.Deploy(
            orders,
            at.state().moving(moving).trial(at.trial().first(Optional.of(service.name()))),
            service.name() + " goes first"));
      case AdvanceStep.Stuck(var reason, var moving) ->
        Optional.of(new RolloutDecision.Hold(
            at.state().moving(moving).holding(reason, at.now()), "held: " + reason));
      case AdvanceStep.UnderWay(var reason, var moving) ->
        Optional.of(
            moving.equals(at.state().moving())
                ? new RolloutDecision.Wait(reason)
                : new RolloutDecision.Note(at.state().moving(moving), reason));
      case AdvanceStep.Through() -> Optional.empty();
    };
  }

  /** While it bakes: what fails is blamed, what is in the way is waited for. */
  Optional<RolloutDecision> keep(ServiceState service) {
    if (service.tasks().isEmpty()) {
      return Optional.of(
          RolloutDecision.Look.tasks(Set.of(service.name()), "are its collectors well?"));
    }
    return bring(service);
  }
}
