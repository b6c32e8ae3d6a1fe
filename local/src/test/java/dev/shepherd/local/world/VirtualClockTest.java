package dev.shepherd.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualClockTest {
  private static final Instant START = Instant.parse("2026-05-11T09:00:00Z");

  private final VirtualClock clock = new VirtualClock(START);
  private final List<String> log = new ArrayList<>();

  private void log(String what) {
    log.add(what + " at " + Duration.between(START, clock.instant()).toSeconds());
  }

  private void takes(String what, int seconds) {
    log(what + " begins");
    clock.pass(Duration.ofSeconds(seconds));
    log(what + " ends");
  }

  @Test
  void whatRunsBesideTakesItsOwnTimeAndNotThatOfOthers() {
    clock.after(Duration.ofSeconds(1), () -> clock.beside(() -> takes("a", 10)));
    clock.after(Duration.ofSeconds(5), () -> clock.beside(() -> takes("b", 60)));
    clock.pass(Duration.ofSeconds(100));
    assertThat(log)
        .containsExactly("a begins at 1", "b begins at 5", "a ends at 11", "b ends at 65");
  }

  @Test
  void whatWaitsLongerThanTheClockRunsGoesOnWithIt() {
    clock.beside(() -> takes("a", 10));
    clock.pass(Duration.ofSeconds(5));
    log("stands");
    clock.pass(Duration.ofSeconds(5));
    assertThat(log).containsExactly("a begins at 0", "stands at 5", "a ends at 10");
  }

  @Test
  void whatIsDueAtTheSameTimeRunsInTheOrderInWhichItWasPut() {
    clock.after(Duration.ofSeconds(10), () -> log("first"));
    clock.beside(() -> takes("a", 10));
    clock.after(Duration.ofSeconds(10), () -> log("last"));
    clock.pass(Duration.ofSeconds(10));
    assertThat(log).containsExactly("a begins at 0", "first at 10", "a ends at 10", "last at 10");
  }

  @Test
  void whatIsThrownBesideIsThrownWhereTheClockRuns() {
    clock.beside(() -> {
      clock.pass(Duration.ofSeconds(1));
      throw new IllegalStateException("broken");
    });
    assertThatThrownBy(() -> clock.pass(Duration.ofSeconds(2))).hasMessage("broken");
  }

  @Test
  void anActionOfTheOthersThatLetsTimePassRunsWhatIsDueInIt() {
    clock.after(Duration.ofSeconds(1), () -> takes("a", 10));
    clock.after(Duration.ofSeconds(5), () -> log("b"));
    clock.pass(Duration.ofSeconds(20));
    assertThat(log).containsExactly("a begins at 1", "b at 5", "a ends at 11");
  }
}
