package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlameTest {
  private static final Failure FAILURE =
      new Failure(new ServiceName("prod", "a"), "t", "collector", "sha256:ab", "exited with 1");

  @ParameterizedTest
  @MethodSource("counts")
  void needsTwoAndFivePercent(int failures, int on, boolean suspicion) {
    Blame blame = new Blame(Collections.nCopies(failures, FAILURE), on, List.of(), 100);
    assertThat(blame.isSuspicion()).isEqualTo(suspicion);
  }

  static Stream<Arguments> counts() {
    return Stream.of(
        argumentSet("one where one runs it", 1, 1, true),
        argumentSet("one of two", 1, 2, false),
        argumentSet("two of two", 2, 2, true),
        argumentSet("two of forty", 2, 40, true),
        argumentSet("two of forty-one: five percent are three", 2, 41, false),
        argumentSet("three of forty-one", 3, 41, true),
        argumentSet("fifty of a thousand", 50, 1_000, true),
        argumentSet("forty-nine of a thousand", 49, 1_000, false));
  }

  @Test
  void provesItByTheOthers() {
    Service well = Service.pinned("b", Fleets.H1, 8, 9).read(HEALTHY);
    Service sick = Service.pinned("c", Fleets.H1, 8, 1).read(UNHEALTHY);
    Service two = Service.pinned("c", Fleets.H1, 8, 2).read(UNHEALTHY);
    assertThat(blame(well).isProved()).isTrue();
    assertThat(blame(well, sick).isProved()).as("nine of ten").isTrue();
    assertThat(blame(well, two).isProved()).as("nine of eleven").isFalse();
  }

  @Test
  void asksAllOfTwoThousandAndSomeOfMore() {
    List<ServiceState> few = peers(20);
    assertThat(Blame.some(few)).isEqualTo(few);
    List<ServiceState> many = peers(100);
    List<ServiceState> some = Blame.some(many);
    assertThat(some).hasSize(20).doesNotHaveDuplicates().isNotEqualTo(many.subList(0, 20));
    assertThat(many).containsAll(some);
  }

  private static List<ServiceState> peers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Service.pinned("s" + i, Fleets.H1, 8, 100).state())
        .toList();
  }

  private static Blame blame(Service... peers) {
    return new Blame(
        List.of(FAILURE, FAILURE), 2, Stream.of(peers).map(Service::state).toList(), 0);
  }

  @Test
  void provesItByHowTheyWereWhenNoneIsLeft() {
    assertThat(new Blame(List.of(FAILURE), 1, List.of(), 90).isProved()).isTrue();
    assertThat(new Blame(List.of(FAILURE), 1, List.of(), 89).isProved()).isFalse();
  }
}
