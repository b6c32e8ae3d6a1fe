package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Services.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanarySizeTest {
  @ParameterizedTest
  @MethodSource("sizes")
  void isTheShareOfAllTogether(int tasks, int percent, int extra) {
    assertThat(CanarySize.extra(tasks, percent)).isEqualTo(extra);
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        argumentSet("no task, 1%", 0, 1, 1),
        argumentSet("no task, 50%", 0, 50, 1),
        argumentSet("one task, 1%", 1, 1, 1),
        argumentSet("one task, 50%", 1, 50, 1),
        argumentSet("two tasks, 25%", 2, 25, 1),
        argumentSet("two tasks, 50%", 2, 50, 2),
        argumentSet("three tasks, 25%: one of four", 3, 25, 1),
        argumentSet("three tasks, 50%", 3, 50, 3),
        argumentSet("12 tasks, 25%: 4 of 16", 12, 25, 4),
        argumentSet("12 tasks, 24%", 12, 24, 3),
        argumentSet("12 tasks, 1%", 12, 1, 1),
        argumentSet("1000 tasks, 1%", 1000, 1, 10),
        argumentSet("1000 tasks, 25%", 1000, 25, 333),
        argumentSet("1000 tasks, 33%", 1000, 33, 492),
        argumentSet("1000 tasks, 50%", 1000, 50, 1000));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 12, 1000})
  void isTheLargestWithinTheShareForEveryPercent(int tasks) {
    IntStream.rangeClosed(1, 50).forEach(percent -> {
      int extra = CanarySize.extra(tasks, percent);
      assertThat(extra == 1 || CanarySize.isWithin(0, extra, tasks, percent))
          .as("%s%%", percent)
          .isTrue();
      assertThat(CanarySize.isWithin(0, extra + 1, tasks, percent))
          .as("%s%%", percent)
          .isFalse();
      assertThat(CanarySize.room(0, 0, tasks, percent)).as("%s%%", percent).isEqualTo(extra);
    });
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void leavesRoomForNoMoreThanTheShare(int first, int up, int tasks, int room) {
    assertThat(CanarySize.room(first, up, tasks, 25)).isEqualTo(room);
  }

  static Stream<Arguments> rooms() {
    return Stream.of(
        argumentSet("nothing yet", 0, 0, 12, 4),
        argumentSet("one is there", 0, 1, 12, 3),
        argumentSet("all are there", 0, 4, 12, 0),
        argumentSet("more than all", 0, 9, 12, 0),
        argumentSet("a first service", 2, 0, 12, 1),
        argumentSet("a first service takes all", 3, 0, 12, 0),
        argumentSet("a first service beyond all", 12, 0, 12, 0),
        argumentSet("one is always allowed", 0, 0, 1, 1),
        argumentSet("but only one", 0, 1, 1, 0));
  }

  @ParameterizedTest
  @MethodSource("fleets")
  void givesTheSmallestFirstWhileTheFleetsShareLasts(
      List<ServiceState> services, int percent, int most, int fleet, String sizes) {
    CanaryLimits limits =
        new CanaryLimits(percent, most, Duration.ofSeconds(60), Duration.ofMinutes(10));
    assertThat(CanarySize.of(services, fleet, limits)).hasToString(sizes);
  }

  static Stream<Arguments> fleets() {
    ServiceState one = gateway("one", 1);
    ServiceState also = gateway("also", 1);
    ServiceState twelve = gateway("twelve", 12);
    ServiceState many = gateway("many", 1000);
    return Stream.of(
        argumentSet("none", List.of(), 25, 50, 0, "{}"),
        argumentSet("one of each", List.of(twelve, one), 25, 50, 13, "{prod/one=1, prod/twelve=3}"),
        argumentSet("equal ones by name", List.of(one, also), 25, 50, 2, "{prod/also=1}"),
        argumentSet("one service", List.of(twelve), 25, 50, 12, "{prod/twelve=4}"),
        argumentSet("at most maxTasks", List.of(many), 25, 50, 1000, "{prod/many=50}"),
        argumentSet("maxTasks of one", List.of(many), 50, 1, 1000, "{prod/many=1}"),
        argumentSet(
            "each within its own share",
            List.of(many, twelve),
            25,
            50,
            1012,
            "{prod/twelve=4, prod/many=50}"),
        argumentSet(
            "sidecars widen the fleet",
            List.of(one, also),
            25,
            50,
            40,
            "{prod/also=1, prod/one=1}"));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void refusesWhatIsOutOfBounds(int percent, int most, int probeSeconds, int bakeMinutes) {
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> new CanaryLimits(
            percent, most, Duration.ofSeconds(probeSeconds), Duration.ofMinutes(bakeMinutes)))
        .withMessageContaining("got ");
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        argumentSet("0 percent", 0, 1, 60, 10),
        argumentSet("51 percent", 51, 1, 60, 10),
        argumentSet("no task", 25, 0, 60, 10),
        argumentSet("51 tasks", 25, 51, 60, 10),
        argumentSet("no probe", 25, 1, 0, 10),
        argumentSet("more than an hour's probe", 25, 1, 3601, 10),
        argumentSet("baked for less than nothing", 25, 1, 60, -1),
        argumentSet("baked for more than a day", 25, 1, 60, 1441));
  }
}
