package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.PROMOTED;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.idle;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.AlarmState.State;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Quarantine;
import dev.shepherd.shared.rollout.RolloutDecision.Start;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlarmsTest {
  private static final Instant RAN = minutesBefore(10);

  @ParameterizedTest
  @MethodSource("alarms")
  void blamesWhatTurnedAndIsHeldByAllElse(
      State atStart, State now, int since, boolean blamed, boolean held) {
    Optional<List<String>> start = seen(Optional.empty(), alarm(atStart, 300)).start();
    Alarms alarms = seen(start, alarm(now, since));
    assertThat(alarms.quarantine(H2, RAN).isPresent()).isEqualTo(blamed);
    assertThat(alarms.hold(RAN).isPresent()).isEqualTo(held);
  }

  static Stream<Arguments> alarms() {
    return Stream.of(
        argumentSet("stays OK", State.OK, State.OK, 300, false, false),
        argumentSet("turned on the config", State.OK, State.ALARM, 3, true, false),
        argumentSet("turned as the config began", State.OK, State.ALARM, 10, true, false),
        argumentSet("turned before it ran anywhere", State.OK, State.ALARM, 11, false, true),
        argumentSet("no data any more", State.OK, State.INSUFFICIENT_DATA, 3, false, false),
        argumentSet("was in ALARM before", State.ALARM, State.ALARM, 300, false, true),
        argumentSet("was in ALARM, and is again", State.ALARM, State.ALARM, 3, false, true),
        argumentSet("had no data before", State.INSUFFICIENT_DATA, State.ALARM, 3, false, true),
        argumentSet(
            "never has data", State.INSUFFICIENT_DATA, State.INSUFFICIENT_DATA, 300, false, false),
        argumentSet("recovered", State.ALARM, State.OK, 3, false, false));
  }

  private static ServiceState service() {
    ServiceState like = Service.pinned("a", H1, 8, 2).read(HEALTHY).state();
    return new ServiceState(
        like.name(),
        like.definition(),
        like.desired(),
        like.running(),
        like.deployments(),
        like.scheduling(),
        like.registry(),
        like.canaryFirst(),
        List.of("latency"),
        like.owner(),
        like.tasks());
  }

  private static AlarmState alarm(State state, int minutesAgo) {
    return new AlarmState("latency", state, minutesBefore(minutesAgo));
  }

  private static Alarms seen(Optional<List<String>> start, AlarmState... alarms) {
    return new Alarms(List.of(service()), Optional.of(List.of(alarms)), start);
  }

  @Test
  void tellsWhatDoesNotExistAndBlamesNobody() {
    Alarms alarms = seen(Optional.of(List.of()));
    assertThat(alarms.missing()).contains("latency");
    assertThat(alarms.hold(RAN)).isEmpty();
    assertThat(alarms.quarantine(H2, RAN)).isEmpty();
  }

  @Test
  void remembersALimitedNumber() {
    AlarmState[] many = IntStream.range(0, 90)
        .mapToObj(i -> new AlarmState("alarm " + i, State.OK, RAN))
        .toArray(AlarmState[]::new);
    assertThat(seen(Optional.empty(), many).start().orElseThrow())
        .hasSize(Alarms.MAX_KEPT)
        .allMatch(key -> key.matches("[0-9a-f]{8}"));
  }

  @Test
  void looksAtThemBeforeANewTextStarts() {
    RolloutSnapshot seen = idle().source(V2).seen().with(List.of(service()), Optional.empty());
    assertThat(plan(seen))
        .isInstanceOfSatisfying(Look.class, look -> assertThat(look.alarms()).isTrue());
    assertThat(plan(seen.seeing(List.of(alarm(State.OK, 300)))))
        .isInstanceOfSatisfying(
            Start.class,
            start -> assertThat(start.next().okAlarms())
                .hasValueSatisfying(keys -> assertThat(keys).hasSize(1)));
  }

  @Test
  void takesAPromotedConfigBackThatTurnedOne() {
    assertThat(plan(rolling(State.OK).seeing(List.of(alarm(State.ALARM, 3)))))
        .isInstanceOfSatisfying(Quarantine.class, back -> {
          assertThat(back.reason()).contains("the alarm latency was OK and went to ALARM");
          assertThat(back.next().live()).isEqualTo(H1);
        });
  }

  @Test
  void beginsNoServiceWhileAnAlarmStands() {
    assertThat(plan(rolling(State.ALARM).seeing(List.of(alarm(State.ALARM, 300)))))
        .isInstanceOfSatisfying(Hold.class, held -> {
          assertThat(held.reason()).contains("latency");
          assertThat(held.next().live()).isEqualTo(H2);
        });
  }

  private static RolloutDecision plan(RolloutSnapshot seen) {
    return RolloutPlanner.plan(seen, LIMITS, NOW);
  }

  /** Promoted, with one service still to go, and the alarm as it was at the start. */
  private static RolloutSnapshot rolling(State atStart) {
    RolloutState state = RolloutState.adopted(H1, List.of(), PROMOTED)
        .trial(Trial.NONE)
        .starting(V2, PROMOTED)
        .watching(seen(Optional.empty(), alarm(atStart, 300)).start())
        .promoted(H2, 100, Set.of(), true, PROMOTED);
    return idle().source(V2).state(state).seen().with(List.of(service()), Optional.empty());
  }
}
