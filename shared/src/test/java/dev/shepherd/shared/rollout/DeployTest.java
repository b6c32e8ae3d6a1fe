package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.arn;
import static dev.shepherd.shared.rollout.Fleets.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployTest {
  private static Order order(String service) {
    ServiceName name = new ServiceName("prod", service);
    return new Order(name, arn(service, 4), arn(service, 4), H2, false, Map.of(), false);
  }

  /** Of three orders one fits: the others have no intent, and the marks that they had. */
  @Test
  void leavesNoIntentForWhatItLeavesToTheNextRun() {
    RolloutState idle = RolloutState.adopted(H1, List.of(), NOW);
    Moving before = mark("c", H1, 3, 50);
    Moving other = mark("z", H2, 3, 5);
    Deploy all = new Deploy(
        Stream.of("a", "b", "c").map(DeployTest::order).toList(),
        idle.moving(List.of(other, mark("a", H2, 4, 0), mark("b", H2, 4, 0), mark("c", H2, 4, 0))),
        "wave 1");
    Deploy some = all.first(1, idle.moving(List.of(before)));
    assertThat(some.orders()).containsExactly(order("a"));
    assertThat(some.next().moving()).containsExactly(other, mark("a", H2, 4, 0), before);
    assertThat(some.reason()).isEqualTo("wave 1; 2 of these 3 are left to a later run");
  }

  @Test
  void remembersOnlyWhatItSawWhereNothingMoreCanBegin() {
    RolloutState idle = RolloutState.adopted(H1, List.of(), NOW.minus(Duration.ofMinutes(10)));
    Moving seen = mark("z", H2, 3, 5);
    Moving well = seen.well(Optional.of(NOW));
    Deploy all =
        new Deploy(List.of(order("a")), idle.moving(List.of(well, mark("a", H2, 4, 0))), "wave 1");
    Optional<RolloutDecision> note = all.none(idle.moving(List.of(seen)));
    assertThat(note)
        .contains(new RolloutDecision.Note(
            idle.moving(List.of(well)),
            "wave 1; not yet: those under way are all that the state can hold"));
    assertThat(all.none(idle.moving(List.of(well)))).containsInstanceOf(RolloutDecision.Wait.class);
  }

  @Test
  void beginsOneWhereNoneIsUnderWayThatWouldMakeRoom() {
    RolloutState idle = RolloutState.adopted(H1, List.of(), NOW.minusSeconds(1));
    Moving old = mark("z", H2, 3, 5);
    Deploy all =
        new Deploy(List.of(order("a")), idle.moving(List.of(old, mark("a", H2, 4, 0))), "wave 1");
    assertThat(all.none(idle.moving(List.of(old)))).isEmpty();
  }
}
