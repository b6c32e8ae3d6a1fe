package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be done at once when deployments have completed in the waves: which of those services
 * are well is noted, since their settling begins with that. Nothing is begun, judged or ended by
 * it; what a whole look would see beside that, the schedule's next one sees, as it does when an
 * event is lost.
 *
 * <ol>
 *   <li>Only in the waves of a rollout that runs as it should: not held, the first wave does not
 *       bake. Extra tasks that are left wait for the schedule.
 *   <li>Only where Shepherd itself deploys these services, and no service under way has settled
 *       already: else a whole look may go on at once, and has to. The same where one of them is
 *       through at once, has failed, or is not where it was sent, and where a collector in them has
 *       failed, which may be the config's fault.
 *   <li>Then it looks at the tasks of those that have completed and were not seen well yet, and of
 *       no others.
 * </ol>
 */
final class Glance {
  private final Moment at;
  private final RolloutState state;

  private Glance(Moment at) {
    this.at = at;
    this.state = at.state();
  }

  /** What to do; empty where a whole look has to be planned. */
  static Optional<RolloutDecision> plan(Moment at) {
    Glance glance = new Glance(at);
    return glance.rolls() && glance.allSettle() ? glance.note() : Optional.empty();
  }

  private boolean rolls() {
    return state.phase() == Phase.WAVES && state.held().isEmpty() && !at.trial().unbaked();
  }

  private boolean allSettle() {
    Set<ServiceName> underWay = state.moving().stream()
        .filter(state::isFollowed)
        .map(Moving::service)
        .collect(Collectors.toSet());
    return at.snapshot().services().stream()
            .allMatch(service ->
                service.owner() == ServiceState.Owner.SHEPHERD && underWay.contains(service.name()))
        && state.moving().stream().noneMatch(this::isSettled);
  }

  private boolean isSettled(Moving mark) {
    return mark.wellSince()
        .filter(since -> !at.now().isBefore(since.plus(at.limits().settle())))
        .isPresent();
  }

  private Optional<RolloutDecision> note() {
    List<ServiceState> unseen =
        at.snapshot().services().stream().filter(service -> !wasWell(service)).toList();
    if (unseen.isEmpty()) {
      return Optional.of(new RolloutDecision.Wait("what was deployed settles"));
    }
    if (unseen.stream().anyMatch(this::hasFailed)) {
      return Optional.empty();
    }
    // Without room none is begun; the mark of one that is through at once is missing afterwards.
    AdvanceStep step = new Advance(at.snapshot(), state, state.live(), false, at.limits(), at.now())
        .next(unseen, 0);
    return switch (step) {
      case AdvanceStep.NeedsTasks(var services, var _) ->
        Optional.of(RolloutDecision.Look.tasks(services, "are its collectors well?"));
      case AdvanceStep.UnderWay(var reason, var marks)
      when marks.size() == state.moving().size() ->
        Optional.of(
            marks.containsAll(state.moving())
                ? new RolloutDecision.Wait(reason)
                : new RolloutDecision.Note(state.moving(marks), reason));
      case AdvanceStep.UnderWay _,
          AdvanceStep.Begin _,
          AdvanceStep.Stuck _,
          AdvanceStep.Through _ -> Optional.empty();
    };
  }

  private boolean hasFailed(ServiceState service) {
    String revision = service.definition().arn();
    return !new Evidence(
            service.name(), service.definition().collectors(), at.limits().start(), at.now())
        .of(
            service.tasks().orElse(List.of()).stream()
                .filter(task -> task.taskDefinition().equals(revision)),
            state.since())
        .isEmpty();
  }

  private boolean wasWell(ServiceState service) {
    return state.moving().stream()
        .anyMatch(
            mark -> mark.service().equals(service.name()) && mark.wellSince().isPresent());
  }
}
