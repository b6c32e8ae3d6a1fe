package dev.shepherd.functions.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.functions.event.Hint;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BurstsTest {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final ServiceName GATEWAY = new ServiceName("prod", "gateway");

  private final Bursts bursts = new Bursts(Duration.ofSeconds(60));

  private List<Hint> due(int second, Hint... hints) {
    return bursts.due(List.of(hints), START.plusSeconds(second));
  }

  private static Hint task(int second) {
    return new Hint.OfService(GATEWAY, START.plusSeconds(second), true);
  }

  private static Hint canary(boolean ending) {
    return new Hint.OfTask("prod", "0123", START, ending);
  }

  @Test
  void theFirstIsLookedAtAtOnceAndWhatFollowsByOneLook() {
    assertThat(due(0, task(0))).containsExactly(task(0));
    assertThat(due(1, task(1))).isEmpty();
    assertThat(due(14, task(14), canary(true))).isEmpty();
    assertThat(due(15))
        .as("any later run pays what is owed")
        .containsExactly(task(14), canary(true));
    assertThat(due(40)).isEmpty();
  }

  @Test
  void ofTasksThatEcsRegistersNoLookComesBeforeOneMayActOnIt() {
    assertThat(due(0, task(0))).hasSize(1);
    assertThat(due(59, task(59))).isEmpty();
    assertThat(due(60)).containsExactly(task(59));
  }

  @Test
  void whatCannotWaitTakesTheOthersAlong() {
    Hint drain = new Hint.OfService(GATEWAY, START, false);
    assertThat(due(0, task(0))).hasSize(1);
    assertThat(due(1, task(1))).isEmpty();
    assertThat(due(2, canary(false))).containsExactly(canary(false), task(1));
    assertThat(due(3, drain)).containsExactly(drain);
    assertThat(due(4, new Hint.Everywhere(START))).hasSize(1);
  }
}
