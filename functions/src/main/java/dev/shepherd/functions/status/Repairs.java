package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.RolloutStates;
import dev.shepherd.functions.aws.Wards;
import dev.shepherd.functions.status.FleetView.Repair;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.replacement.ReplacementDecision;
import dev.shepherd.shared.replacement.ReplacementLimits;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.replacement.ReplacementPlanner;
import dev.shepherd.shared.replacement.ReplacementSnapshot;
import dev.shepherd.shared.replacement.RolloutView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What TaskReplacement would decide now of a fleet's sick collectors, in its own words: the planner
 * itself is asked, with what TaskReplacement remembers. A service of two fleets is told of under
 * the first, as it is looked after.
 */
final class Repairs {
  private final ReplacementLimits limits;
  private final ParameterNames names;
  private final FleetParameters parameters;
  private final Map<FleetName, List<ServiceState>> wards;
  private final Map<FleetName, FleetParameters.Seen> seen;

  /**
   * For one look.
   *
   * @param services of each fleet, with their tasks
   * @param seen what Parameter Store says of those fleets
   */
  Repairs(
      ReplacementLimits limits,
      ParameterNames names,
      FleetParameters parameters,
      Map<FleetName, List<ServiceState>> services,
      Map<FleetName, FleetParameters.Seen> seen) {
    this.limits = limits;
    this.names = names;
    this.parameters = parameters;
    this.wards = Wards.of(services).services();
    this.seen = Map.copyOf(seen);
  }

  /**
   * One entry for each kind of decision and its cause, those that hold first; one GetParameters.
   */
  List<Repair> of(FleetName fleet, Instant now, Guarded told) {
    List<ServiceState> own = wards.getOrDefault(fleet, List.of());
    return told.read(fleet.toString(), () -> parameters.marks(fleet))
        .map(marks -> told(plan(fleet, own, marks, now)))
        .orElse(List.of());
  }

  private List<ReplacementDecision> plan(
      FleetName fleet, List<ServiceState> own, ReplacementMarks marks, Instant now) {
    Map<FleetName, RolloutView> rollouts = new HashMap<>();
    Wards.fleetsIn(fleet, own)
        .forEach(each -> rollout(each).ifPresent(view -> rollouts.put(each, view)));
    Map<String, String> tags =
        Optional.ofNullable(seen.get(fleet)).map(FleetParameters.Seen::tags).orElse(Map.of());
    return ReplacementPlanner.plan(
            new ReplacementSnapshot(fleet, own, List.of(), rollouts, marks),
            limits.tuned(tags),
            now)
        .decisions();
  }

  private Optional<RolloutView> rollout(FleetName fleet) {
    return Optional.ofNullable(seen.get(fleet))
        .flatMap(of -> of.stateText()
            .map(text -> RolloutStates.read(
                text, names.state(fleet), of.source().map(source -> source.hash()))));
  }

  private static List<Repair> told(List<ReplacementDecision> decisions) {
    Map<String, Repair> alike = new TreeMap<>(); // Hold, Replace, Restart, Wait.
    decisions.forEach(decision -> repair(decision)
        .ifPresent(each -> alike.merge(each.decision() + each.cause(), each, Repair::and)));
    return List.copyOf(alike.values());
  }

  private static Optional<Repair> repair(ReplacementDecision decision) {
    return switch (decision) {
      case ReplacementDecision.Hold hold ->
        Optional.of(repair(hold, hold.cause().name()));
      case ReplacementDecision.Replace now ->
        Optional.of(repair(now, now.cause().name()));
      case ReplacementDecision.Restart ask ->
        Optional.of(repair(ask, ask.cause().name()));
      case ReplacementDecision.Wait wait when wait.tasks().isEmpty() -> Optional.empty();
      case ReplacementDecision.Wait wait ->
        Optional.of(repair(wait, wait.guard().name()));
      case ReplacementDecision.Well _ -> Optional.empty();
    };
  }

  private static Repair repair(ReplacementDecision.OfService decision, String cause) {
    return new Repair(
        decision.getClass().getSimpleName(),
        cause,
        decision.tasks().size(),
        List.of(decision.service()),
        decision.reason());
  }
}
