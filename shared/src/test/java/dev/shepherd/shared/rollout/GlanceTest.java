package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.mark;
import static dev.shepherd.shared.rollout.Fleets.promoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.rollout.Fleets.Fleet;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a glance notes, and when a whole look has to be planned in its place. */
final class GlanceTest {
  private static final Moving A = begun("a");
  private static final Moving B = begun("b");

  private static Moving begun(String service) {
    return mark(service, H2, 8, 3).started("ecs-svc/9", Fleets.arn(service, 9), Optional.empty());
  }

  private static Service completed(String name) {
    return Service.pinned(name, H2, 9, 4).madeFrom(8).primary(Progress.COMPLETED, 3);
  }

  private static Optional<RolloutDecision> glance(Fleet fleet) {
    return RolloutPlanner.glance(fleet.seen(), LIMITS, NOW);
  }

  @Test
  void looksAtTheTasksOfWhatHasCompletedAndNotesThatTheyAreWell() {
    assertThat(glance(promoted(List.of(A, B), completed("a"))))
        .get()
        .isInstanceOfSatisfying(
            Look.class, look -> assertThat(look.tasksOf()).containsExactly(A.service()));
    assertThat(glance(promoted(List.of(A, B), completed("a").read(Health.HEALTHY))))
        .get()
        .isInstanceOfSatisfying(
            Note.class,
            note -> assertThat(note.next().moving())
                .containsExactlyInAnyOrder(A.well(Optional.of(NOW)), B));
  }

  @Test
  void leavesExtraTasksToTheSchedule() {
    Fleet rolling = promoted(List.of(A, B), completed("a").read(Health.HEALTHY));
    Trial trial = Trial.NONE.ordered(NOW, 1);
    assertThat(glance(rolling.state(rolling.state().orElseThrow().trial(trial))))
        .get()
        .isInstanceOfSatisfying(
            Note.class, note -> assertThat(note.next().trial()).isEqualTo(trial));
  }

  @ParameterizedTest
  @MethodSource("quiet")
  void changesNothing(Fleet fleet) {
    assertThat(glance(fleet)).get().isInstanceOf(Wait.class);
  }

  static Stream<Arguments> quiet() {
    Moving well = A.well(Optional.of(NOW.minusSeconds(30)));
    return Stream.of(
        argumentSet("not well yet", promoted(List.of(A, B), completed("a").young(Health.UNKNOWN))),
        argumentSet("it settles already", promoted(List.of(well, B), completed("a"))),
        argumentSet(
            "a stale read still shows it deployed",
            promoted(
                List.of(A, B),
                Service.pinned("a", H2, 9, 4).madeFrom(8).primary(Progress.IN_PROGRESS, 3))));
  }

  @ParameterizedTest
  @MethodSource("more")
  void leavesMoreToAWholeLook(Fleet fleet) {
    assertThat(glance(fleet)).isEmpty();
  }

  static Stream<Arguments> more() {
    Service a = completed("a").read(Health.HEALTHY);
    Fleet rolling = promoted(List.of(A, B), a);
    RolloutState state = rolling.state().orElseThrow();
    Instant settled = NOW.minus(LIMITS.settle());
    return Stream.of(
        argumentSet("first sight", rolling.firstSight()),
        argumentSet("before the waves", Fleets.idle(a)),
        argumentSet("held", rolling.state(state.holding("no capacity", NOW))),
        argumentSet("the first wave bakes", rolling.state(state.trial(Trial.NONE.unbaked(true)))),
        argumentSet("someone else's deployment", promoted(List.of(B), a)),
        argumentSet(
            "a service that is not ours to touch",
            promoted(List.of(A, B), a.owner(Owner.TAGGED_OUT))),
        argumentSet(
            "another one is through by now", promoted(List.of(A, B.well(Optional.of(settled))), a)),
        argumentSet(
            "nothing runs there, so it is through at once",
            promoted(
                List.of(A, B), Service.pinned("a", H2, 9, 0).madeFrom(8).read(Health.HEALTHY))),
        argumentSet(
            "its deployment failed",
            promoted(List.of(A, B), completed("a").primary(Progress.FAILED, 3))),
        argumentSet(
            "a collector has failed",
            promoted(List.of(A, B), completed("a").read(Health.UNHEALTHY))),
        argumentSet(
            "ECS took it back",
            promoted(List.of(A, B), Service.pinned("a", H1, 8, 4).madeFrom(7))));
  }
}
