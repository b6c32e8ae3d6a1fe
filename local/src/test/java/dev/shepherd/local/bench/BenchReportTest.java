package dev.shepherd.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Validation.Verdict;
import dev.shepherd.shared.config.ValidationTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchReportTest {
  private static BenchRow row(double value, OptionalDouble goal) {
    return new BenchRow("validate", "8 KB, p50", value, "ms", 2, "the YAML library alone", goal);
  }

  private static BenchReport report(BenchRow... rows) {
    return new BenchReport("2 cores", LocalDate.of(2026, 11, 22), List.of(rows));
  }

  @Test
  void documentHasItsShape() {
    JsonNode document =
        report(row(3, OptionalDouble.of(5)), row(1, OptionalDouble.empty())).json();

    assertThat(document.fieldNames()).toIterable().containsExactly("machine", "date", "rows");
    assertThat(document.get("date").asText()).isEqualTo("2026-11-22");
    for (JsonNode row : document.get("rows")) {
      assertThat(row.fieldNames())
          .toIterable()
          .containsExactly(
              "bench", "case", "value", "unit", "reference", "referenceName", "ratio", "goal");
    }
    assertThat(document.at("/rows/0/ratio").asDouble()).isEqualTo(1.5);
    assertThat(document.at("/rows/0/goal").asDouble()).isEqualTo(5);
    assertThat(document.at("/rows/1/goal").isNull()).isTrue();
  }

  @Test
  void aGoalIsMissedAboveIt() {
    assertThat(
            report(row(5, OptionalDouble.of(5)), row(9, OptionalDouble.empty())).isMissed())
        .isFalse();
    assertThat(report(row(5.1, OptionalDouble.of(5))).isMissed()).isTrue();
    assertThat(report(row(5.1, OptionalDouble.of(5))).text())
        .contains("| validate | 8 KB, p50 | 5.10 ms |", "≤ 5.00: missed");
  }

  @Test
  void everyBenchmarkHasItsHarness() throws IOException {
    try (InputStream list = Bench.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
          .contains(
              "ValidateBenchmark_alone", "ValidateBenchmark_inTask", "ValidateBenchmark_yaml");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4_096, 8_192})
  void samplesAreValidAndNearTheirSize(int bytes) {
    ConfigText text = ConfigText.parse(ConfigSample.ofAtMost(bytes));

    assertThat(text.bytes()).isBetween(bytes - 450, bytes);
    assertThat(ConfigValidator.validate(text, ValidationTarget.UNKNOWN).verdict())
        .isEqualTo(Verdict.VALID);
    assertThat(ConfigValidator.validate(text, ValidationTarget.task(ConfigSample.task()))
            .errors())
        .isEmpty();
  }
}
