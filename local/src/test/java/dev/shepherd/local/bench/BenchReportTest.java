package dev.shepherd.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchReportTest {
  private static BenchRow row(double value) {
    return BenchRow.counted("validate", "8 KB", value, "ms", 2, "the YAML library alone");
  }

  private static BenchReport report(BenchRow... rows) {
    return new BenchReport("2 cores", LocalDate.of(2026, 11, 22), List.of(rows));
  }

  @Test
  void documentHasItsShape() {
    JsonNode document = report(row(3).within(Goal.value(5)), row(1)).json();

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

  @ParameterizedTest
  @MethodSource("goals")
  void aGoalIsMissedAboveIt(BenchRow row, boolean missed, String told) {
    assertThat(report(row).isMissed()).isEqualTo(missed);
    assertThat(report(row).text()).endsWith("| " + told + " |\n");
  }

  static Stream<Arguments> goals() {
    return Stream.of(
        argumentSet("none", row(9), false, ""),
        argumentSet("value at it", row(5).within(Goal.value(5)), false, "≤ 5 ms: met"),
        argumentSet("value above it", row(5.1).within(Goal.value(5)), true, "≤ 5 ms: missed"),
        argumentSet("ratio at it", row(2.2).within(Goal.ratio(1.1)), false, "≤ 1.10 ×: met"),
        argumentSet("ratio above it", row(2.3).within(Goal.ratio(1.1)), true, "≤ 1.10 ×: missed"));
  }

  @Test
  void whatHasASpreadSaysFromWhereToWhere() {
    BenchRow row = new BenchRow(
        "cold",
        "first answer",
        Figure.of(new double[] {700, 650, 800, 710}),
        "ms of CPU",
        Figure.of(new double[] {600, 590, 640}),
        "a plain handler",
        Optional.of(Goal.ratio(1.2)));

    assertThat(report(row).text())
        .contains("| 705 (650–800) ms of CPU | a plain handler: 600 (590–640) | 1.18 | ≤ 1.20 ×");
    assertThat(report(row).json().get("rows"))
        .extracting(each -> each.get("case").asText() + ": " + each.get("value").asInt())
        .containsExactly(
            "first answer: 705", "first answer, lowest: 650", "first answer, highest: 800");
  }

  @Test
  void everyBenchmarkHasItsHarness() throws IOException {
    try (InputStream list = Bench.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
          .contains(
              "PlanBenchmark_plan",
              "ValidateBenchmark_alone",
              "ValidateBenchmark_inTask",
              "ValidateBenchmark_yaml");
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
