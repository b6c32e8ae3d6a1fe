package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveStatusTest {
  @Test
  void givesTheDateOfWhatIsNotTodays() {
    Instant now = Instant.parse("2026-11-23T00:00:05Z");
    assertThat(LiveStatus.time(now.minusSeconds(5), now)).isEqualTo("00:00:00");
    assertThat(LiveStatus.time(now.minusSeconds(6), now)).isEqualTo("2026-11-22 23:59:59");
  }
}
