package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.replacement.Asked;
import dev.shepherd.shared.replacement.Loop;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.replacement.Storm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplacementMarksJsonTest {
  private static final Instant NOW = Instant.parse("2026-05-11T12:00:30Z");
  private static final String NAME = "/shepherd/collectors/gateway/replacements";

  private static Map<String, Instant> ids(int count, int minutesApart) {
    Map<String, Instant> ids = new HashMap<>();
    for (int i = 0; i < count; i++) {
      ids.put("%012x".formatted(i), NOW.plusSeconds(60L * minutesApart * (i / 50)));
    }
    return ids;
  }

  private static <V> Map<ServiceName, V> services(int count, V value) {
    Map<ServiceName, V> services = new HashMap<>();
    for (int i = 0; i < count; i++) {
      services.put(new ServiceName("production", "a-service-with-a-name-" + i), value);
    }
    return services;
  }

  private static ReplacementMarks back(ReplacementMarks marks) {
    String text = ReplacementMarksJson.write(marks);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    return ReplacementMarksJson.read(text, NAME);
  }

  @Test
  void readsWhatItWrote() {
    ReplacementMarks marks = new ReplacementMarks(
        ids(60, 1),
        Map.of("0123456789ab", NOW),
        Optional.of(new Storm(NOW, 4, 3, Optional.of(NOW), services(3, 7))),
        services(2, new Loop(NOW, 2)),
        services(1, new Asked("0123456789ab", NOW, 3)));
    assertThat(back(marks)).isEqualTo(marks);
    assertThat(back(ReplacementMarks.NONE)).isEqualTo(ReplacementMarks.NONE);
  }

  @Test
  void groupsIdsByTime() {
    assertThat(ReplacementMarksJson.write(
            new ReplacementMarks(ids(2, 1), Map.of(), Optional.empty(), Map.of(), Map.of())))
        .contains("\"sick\":{\"2026-05-11T12:00:30Z\":\"000000000000 000000000001\"}");
  }

  @Test
  void keepsTheOldestOfThoseThatDoNotFit() {
    ReplacementMarks marks =
        new ReplacementMarks(ids(1000, 1), Map.of(), Optional.empty(), Map.of(), Map.of());
    ReplacementMarks kept = back(marks);
    assertThat(kept.sick()).hasSizeBetween(200, 300);
    Instant newest = kept.sick().values().stream().max(Instant::compareTo).orElseThrow();
    assertThat(marks.sick().values().stream().filter(newest::isAfter).count())
        .isEqualTo(kept.sick().values().stream().filter(newest::isAfter).count());
  }

  /**
   * Everything at its largest: no task that was stopped is forgotten, and the storm keeps its sum.
   */
  @Test
  void neverForgetsWhatWasStopped() {
    ReplacementMarks marks = new ReplacementMarks(
        ids(1000, 1),
        ids(200, 0),
        Optional.of(new Storm(NOW, 4, 3, Optional.of(NOW), services(100, 6))),
        services(100, new Loop(NOW, 2)),
        services(100, new Asked("0123456789ab", NOW, 3)));
    ReplacementMarks kept = back(marks);
    assertThat(kept.stopped()).isEqualTo(marks.stopped());
    assertThat(kept.storm().orElseThrow().sick().values().stream()
            .mapToInt(each -> each)
            .sum())
        .isEqualTo(600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"schema\":2}",
        "{\"schema\":1,\"sick\":{\"x\":\"y\"},\"stopped\":{},\"loops\":{},\"asked\":{}}"
      })
  void refusesWhatItDidNotWrite(String text) {
    assertThatThrownBy(() -> ReplacementMarksJson.read(text, NAME))
        .isInstanceOf(ReconcileException.class)
        .hasMessageStartingWith(NAME);
  }
}
