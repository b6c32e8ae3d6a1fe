package dev.shepherd.shared.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavesTest {
  private static final List<Integer> QUARTERS = List.of(25, 50, 100);

  @ParameterizedTest
  @MethodSource("fleets")
  void opensOneWaveAfterTheOther(
      List<Integer> sizes, List<Integer> percents, Set<String> through, String open) {
    List<ServiceState> services = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      services.add(Service.pinned("s" + i, Fleets.H1, 8, sizes.get(i)).state());
    }
    assertThat(Waves.open(
            services,
            percents,
            service -> through.contains(service.name().service()),
            service -> through.contains(service.name().service())))
        .extracting(service -> service.name().service())
        .containsExactly(open.split(" ", -1));
  }

  static Stream<Arguments> fleets() {
    return Stream.of(
        argumentSet("the smallest within a quarter", List.of(4, 8, 12), QUARTERS, Set.of(), "s0"),
        argumentSet("then up to a half", List.of(4, 8, 12), QUARTERS, Set.of("s0"), "s0 s1"),
        argumentSet("then all", List.of(4, 8, 12), QUARTERS, Set.of("s0", "s1"), "s0 s1 s2"),
        argumentSet("at least one, however large", List.of(100), QUARTERS, Set.of(), "s0"),
        argumentSet("at least one more each", List.of(50, 50), QUARTERS, Set.of("s0"), "s0 s1"),
        argumentSet(
            "four of four hundred in the first",
            List.of(1, 1, 1, 1, 396),
            List.of(1, 100),
            Set.of(),
            "s0 s1 s2 s3"),
        argumentSet("one wave", List.of(4, 8, 12), List.of(100), Set.of(), "s0 s1 s2"),
        argumentSet("nothing runs", List.of(0, 0), QUARTERS, Set.of(), "s0 s1"),
        argumentSet(
            "those that are on it count first",
            List.of(4, 8, 12),
            QUARTERS,
            Set.of("s2"),
            "s2 s0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "100,50", "0,100", "25,50", "25,25,100", "101", "a", "25;100", "25,,100"})
  void refusesPercentsThatAreNone(String text) {
    assertThat(RolloutLimits.waves(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "25,50,100", "1, 100"})
  void readsPercents(String text) {
    assertThat(RolloutLimits.waves(text)).isPresent();
  }

  @Test
  void limitsSayWhatIsWrong() {
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(() -> new RolloutLimits(
            minute,
            minute,
            minute,
            1,
            List.of(50),
            CanaryLimits.DEFAULT,
            DriftRepair.NEXT,
            PinByName.AT_ROLLOUT))
        .hasMessageContaining("waves must ascend");
  }
}
