package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that are made to cost time. Each took from one to twenty-five seconds when every entry was
 * looked at once for every other one, and takes a tenth of a second now; the limit is far above,
 * for a slow machine.
 */
class HostileTextTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int RUNS = 4;

  @ParameterizedTest
  @MethodSource("texts")
  void costsNoMoreThanItsLength(String text, String rule) {
    Validation validation = assertTimeoutPreemptively(LIMIT, () -> {
      for (int run = 1; run < RUNS; run++) {
        ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.UNKNOWN);
      }
      return ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.UNKNOWN);
    });
    assertThat(validation.findings()).extracting(Finding::rule).contains(rule);
    assertThat(validation.findings()).hasSizeLessThanOrEqualTo(Report.MAX_FINDINGS);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet(
            "nested references",
            value("${env:A:-".repeat(5_000) + "}".repeat(5_000)),
            "expansion-loop"),
        argumentSet("closing braces", value("}".repeat(60_000)), "no-exporters"),
        argumentSet("long key", "? " + "k".repeat(240_000) + "\n: 1\n", "too-long"),
        argumentSet("spaces", " ".repeat(260_000), "empty-config"),
        argumentSet(
            "unknown types",
            "receivers:\n" + lines(9_000, i -> "  unknown" + i + ":"),
            "unknown-type"),
        argumentSet(
            "unknown keys",
            "receivers:\n  otlp:\n" + lines(9_000, i -> "    unknown" + i + ": 1"),
            "unknown-key"),
        argumentSet(
            "split keys",
            "receivers:\n" + lines(9_000, i -> "  otlp::protocols::g" + i + ": {}"),
            "unknown-key"),
        argumentSet("anchors", "a:\n" + lines(12_000, i -> "  - &a" + i + " x"), "unknown-key"));
  }

  private static String value(String text) {
    return "receivers:\n  otlp:\n    protocols: {grpc: {endpoint: \"" + text + "\"}}\n";
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  @Test
  void variablesThatMultiplyAreReadToABound() {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      variables.put("V" + i, "[" + ("\"${V" + (i + 1) + "}\", ").repeat(50) + "]");
    }
    TaskFacts.Container collector = new TaskFacts.Container(
        "collector",
        "aws-otel-collector:v0.49.0",
        true,
        variables,
        Map.of(),
        true,
        OptionalInt.empty(),
        List.of(),
        List.of());
    TaskFacts task = new TaskFacts(
        List.of(collector),
        "collector",
        Set.of("collector"),
        OptionalInt.empty(),
        "awsvpc",
        Optional.empty());
    Validation validation = assertTimeoutPreemptively(
        LIMIT,
        () -> ConfigValidator.validate(
            ConfigText.parse("receivers: {otlp: {protocols: \"${V0}\"}}"),
            new ValidationTarget(Optional.empty(), Optional.of(task))));
    assertThat(validation.verdict()).isEqualTo(Validation.Verdict.INVALID);
  }
}
