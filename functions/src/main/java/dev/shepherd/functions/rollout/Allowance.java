package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AllowanceSpent;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.StateJson;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import java.util.List;

/**
 * How much of a decision the run can carry out, with the calls that are left to it and the room
 * that {@code state} has. What it cannot end it does not begin.
 */
final class Allowance {
  /** A state; or one noted before and then one's own, or the intents and then what was started. */
  private static final int REMEMBER = 1;
  /** {@code current}, {@code live} and, for a secret's key, DescribeParameters. */
  private static final int PUBLISH = 3;

  private static final int KEEP = 1;

  private final Rates rates;

  Allowance(Rates rates) {
    this.rates = rates;
  }

  /**
   * The decision, or a smaller one with the same beginning.
   *
   * @throws AllowanceSpent if the run has to leave all of it to the next one
   */
  RolloutDecision of(RolloutDecision decision, RolloutSnapshot snapshot) {
    need(Rate.PARAMETER_WRITES, parameterWrites(decision));
    if (decision instanceof RolloutDecision.StartTasks start) {
      int most = rates.affords(Rate.DEFINITION_WRITES);
      need(Rate.DEFINITION_WRITES, 1);
      return most < start.orders().size() ? start.first(most) : start;
    }
    if (!(decision instanceof Deploy deploy)) {
      return decision;
    }
    int most = affordable(deploy.orders());
    if (most == 0) {
      throw new AllowanceSpent("this run's allowance of " + Rate.SERVICE_WRITES + " or "
          + Rate.DEFINITION_WRITES + " is spent");
    }
    return remembered(deploy, most, snapshot.state().orElseThrow());
  }

  /** As many of the first orders as {@code state} has room for; one where none is under way. */
  private static RolloutDecision remembered(Deploy deploy, int most, RolloutState before) {
    for (int count = most; count > 0; count--) {
      Deploy some = deploy.first(count, before);
      if (StateJson.hasRoomFor(some.next())) {
        return some;
      }
    }
    return deploy.none(before).orElseGet(() -> deploy.first(1, before));
  }

  private void need(Rate rate, int calls) {
    if (rates.affords(rate) < calls) {
      throw new AllowanceSpent("this run's allowance of " + rate + " is spent");
    }
  }

  private static int parameterWrites(RolloutDecision decision) {
    return switch (decision) {
      case RolloutDecision.Adopt _ -> KEEP + REMEMBER + PUBLISH;
      case RolloutDecision.Start _ -> KEEP + REMEMBER;
      case RolloutDecision.Promote _, RolloutDecision.Quarantine _ -> REMEMBER + PUBLISH;
      case RolloutDecision.Publish _ -> REMEMBER + PUBLISH;
      case RolloutDecision.Deploy _ -> REMEMBER + REMEMBER;
      case RolloutDecision.StartTasks _,
          RolloutDecision.DrainTasks _,
          RolloutDecision.StopTasks _,
          RolloutDecision.Retire _ -> REMEMBER + REMEMBER;
      case RolloutDecision.Reject _,
          RolloutDecision.Proceed _,
          RolloutDecision.FailCanary _,
          RolloutDecision.Note _,
          RolloutDecision.Hold _,
          RolloutDecision.Complete _ -> REMEMBER;
      case RolloutDecision.AnnounceTasks _,
          RolloutDecision.Look _,
          RolloutDecision.Wait _,
          RolloutDecision.Done _ -> 0;
    };
  }

  private int affordable(List<Order> orders) {
    int updates = rates.affords(Rate.SERVICE_WRITES);
    int registrations = rates.affords(Rate.DEFINITION_WRITES);
    int count = 0;
    for (Order order : orders) {
      updates -= 1;
      registrations -= order.force() ? 0 : 1;
      if (updates < 0 || registrations < 0) {
        break;
      }
      count++;
    }
    return count;
  }
}
