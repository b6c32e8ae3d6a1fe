package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.ExtraTasks.crashed;
import static dev.shepherd.shared.rollout.ExtraTasks.probe;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Services.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When it has to be read which extra tasks ended. */
class ExtrasWatchTest {
  private static final ServiceState GATEWAY = gateway("g", 12);
  private static final Attempt TWO =
      in(Phase.CANARY, GATEWAY).ordered(5, canary("g", 1), canary("g", 2));
  private static final ExtraTask[] NONE = {};
  private static final String ASKS = "what became of the tasks that try";

  @ParameterizedTest
  @MethodSource
  void endedOnesAreAskedForWhileOneMayHaveEnded(Attempt fleet) {
    assertThat(fleet.planUnread().reason()).contains(ASKS);
  }

  static Stream<Arguments> endedOnesAreAskedForWhileOneMayHaveEnded() {
    Attempt probed = in(Phase.PROBE, GATEWAY).ordered(5, probe("g"));
    return Stream.of(
        argumentSet("a canary is not there", TWO.extras(canary("g", 1))),
        argumentSet("none is there", TWO.extras(NONE)),
        argumentSet("a canary has ended", TWO.extras(canary("g", 1), crashed(canary("g", 2), 1))),
        argumentSet("more were ordered", TWO.trial(old -> old.more(1))),
        argumentSet("a probe is not there", probed.extras(NONE)),
        argumentSet(
            "probes were counted last",
            in(Phase.CANARY, GATEWAY).ordered(5, probe("g")).extras(NONE)),
        argumentSet(
            "a state of before does not say how many",
            TWO.trial(old -> old.ordered(minutesBefore(5), 0))));
  }

  @ParameterizedTest
  @MethodSource
  void noneIsAskedForWhileAllAreUp(Attempt fleet) {
    assertThat(fleet.planUnread().reason()).doesNotContain(ASKS);
  }

  static Stream<Arguments> noneIsAskedForWhileAllAreUp() {
    return Stream.of(
        argumentSet("canaries start", TWO),
        argumentSet(
            "canaries bake", in(Phase.BAKE, GATEWAY).ordered(5, canary("g", 1)).trial(Trial::step)),
        argumentSet("a probe", in(Phase.PROBE, GATEWAY).ordered(5, probe("g"))),
        argumentSet("nothing was ordered", in(Phase.PROBE, GATEWAY)));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsOrderedIsCounted(Attempt fleet, int count) {
    assertThat(fleet.plan())
        .isInstanceOfSatisfying(
            StartTasks.class,
            start -> assertThat(start.next().trial().ordered()).isEqualTo(count));
  }

  static Stream<Arguments> whatIsOrderedIsCounted() {
    ServiceState other = gateway("h", 12);
    Attempt again = in(Phase.CANARY, GATEWAY, other).ordered(9, canary("g", 1), canary("g", 2));
    Attempt first = in(Phase.CANARY, GATEWAY, other).trial(old -> old.ordered(minutesBefore(9), 0));
    return Stream.of(
        argumentSet("a quarter of twelve, and one", in(Phase.CANARY, GATEWAY), 4),
        argumentSet("a probe", in(Phase.PROBE, GATEWAY), 1),
        argumentSet(
            "with what is up of an earlier try",
            first.trial(Trial::step).extras(canary("g", 1)),
            5),
        argumentSet("one more is given again: never fewer than were started", again, 6),
        argumentSet(
            "one more is given again, to so many as nobody knows",
            again.trial(old -> old.ordered(minutesBefore(9), 0)),
            0));
  }
}
