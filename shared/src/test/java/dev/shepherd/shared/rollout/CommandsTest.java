package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Fleets.BINARY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V1;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.rollout.Fleets.Fleet;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator asks for by tag and does not get is said in the decision's reason. */
class CommandsTest {
  private static final String ABORT = "shepherd:abort";
  private static final String RELEASE = "shepherd:release";
  private static final String PAUSED = "shepherd:paused";
  private static final RolloutState IDLE =
      RolloutState.adopted(H1, List.of(), NOW).trial(Trial.NONE);
  private static final RolloutState FAILED =
      IDLE.quarantining(new Quarantine(H2, BINARY, "failed")).retired();

  @ParameterizedTest
  @MethodSource("unheard")
  void saysWhatItDoesNotDo(
      RolloutState state, ConfigVersion source, Map<String, String> tags, String said) {
    Fleet fleet = new Fleet(
        Optional.of(source),
        tags,
        Optional.of(state),
        List.of(Service.pinned("a", H1, 8, 4).read(HEALTHY)));
    assertThat(RolloutPlanner.plan(fleet.seen(), LIMITS, NOW).reason()).contains(said);
  }

  static Stream<Arguments> unheard() {
    String h3 = V3.hash().toString();
    return Stream.of(
        argumentSet(
            "abort of live, with nothing before it",
            IDLE,
            V1,
            Map.of(ABORT, H1.toString()),
            "shepherd:abort=" + H1 + " is not done: nothing is left to go back to"),
        argumentSet(
            "abort of the candidate, while paused",
            IDLE.starting(V2, NOW),
            V2,
            Map.of(ABORT, H2.toString(), PAUSED, "true"),
            "paused by the tag shepherd:paused; shepherd:abort=" + H2
                + " waits for the end of the pause"),
        argumentSet(
            "abort of what is not there",
            IDLE,
            V1,
            Map.of(ABORT, h3),
            "changes nothing: it is neither live nor the candidate"),
        argumentSet(
            "release of what is not in quarantine",
            FAILED,
            V1,
            Map.of(RELEASE, h3),
            "shepherd:release=" + h3 + " changes nothing: it is not in quarantine"),
        argumentSet(
            "release while paused",
            FAILED,
            V1,
            Map.of(RELEASE, H2.toString(), PAUSED, "true"),
            "waits for the end of the pause"),
        argumentSet(
            "release while the rollout is held",
            FAILED.starting(V3, NOW).holding("no capacity", NOW),
            V3,
            Map.of(RELEASE, H2.toString()),
            "waits for the rollout's end"),
        argumentSet(
            "release of what is aborted as well",
            FAILED
                .quarantining(new Quarantine(H2, Commands.EVERY_BINARY, "aborted"))
                .retired(),
            V1,
            Map.of(RELEASE, H2.toString(), ABORT, H2.toString()),
            "is not done: shepherd:abort names it as well"),
        argumentSet(
            "released, and it failed again",
            FAILED
                .releasing(Optional.of(H2))
                .quarantining(new Quarantine(H2, BINARY, "failed"))
                .retired(),
            V1,
            Map.of(RELEASE, H2.toString()),
            "was done, and it failed again: take the tag away and set it anew"));
  }

  @ParameterizedTest
  @MethodSource("done")
  void isSilentAboutWhatIsDone(RolloutState state, Map<String, String> tags) {
    Fleet fleet = new Fleet(
        Optional.of(V1),
        tags,
        Optional.of(state),
        List.of(Service.pinned("a", H1, 8, 4).read(HEALTHY)));
    assertThat(RolloutPlanner.plan(fleet.seen(), LIMITS, NOW))
        .isEqualTo(new RolloutDecision.Done("1 of 1 services run live " + H1));
  }

  static Stream<Arguments> done() {
    return Stream.of(
        argumentSet("no tag", IDLE, Map.of()),
        argumentSet(
            "aborted",
            IDLE.quarantining(new Quarantine(H2, Commands.EVERY_BINARY, "aborted"))
                .retired(),
            Map.of(ABORT, H2.toString())),
        argumentSet("released", FAILED.releasing(Optional.of(H2)), Map.of(RELEASE, H2.toString())));
  }
}
