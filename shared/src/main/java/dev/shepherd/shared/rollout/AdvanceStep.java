package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import java.util.List;
import java.util.Set;

/**
 * What {@link Advance} does next for all services together; {@code moving} are those under way
 * afterwards.
 */
sealed interface AdvanceStep {
  /** Read the tasks of these first; of those that are through it is enough to know of lately. */
  record NeedsTasks(Set<ServiceName> services, Set<ServiceName> through) implements AdvanceStep {}

  record Begin(List<Order> orders, List<Moving> moving) implements AdvanceStep {}

  record Stuck(String reason, List<Moving> moving) implements AdvanceStep {}

  record UnderWay(String reason, List<Moving> moving) implements AdvanceStep {}

  record Through() implements AdvanceStep {}
}
