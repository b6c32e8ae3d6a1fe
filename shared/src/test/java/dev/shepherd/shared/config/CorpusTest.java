package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configs written for this purpose, with what a real ADOT v0.49.0 process said of each. */
class CorpusTest {
  /**
   * Whether the region and credentials come from the task's role cannot be seen, and is not said.
   */
  private static final Set<String> BY_THE_TASK = Set.of("xray-noregion.yaml", "sigv4-nocreds.yaml");

  @ParameterizedTest
  @MethodSource("entries")
  void theVerdictIsTheCollectors(String file, String verdict, String errorClass, String variables) {
    Validation validation = ConfigValidator.validate(
        ConfigText.parse(String.join("\n", Catalogue.lines("corpus/" + file)) + "\n"),
        target(variables));
    assertThat(validation.verdict().name().toLowerCase(Locale.ROOT))
        .as("%s", validation.findings())
        .isEqualTo(BY_THE_TASK.contains(file) ? "valid" : verdict);
    if (verdict.equals("invalid")) {
      assertThat(validation.errors()).anyMatch(error -> error.rule().startsWith(errorClass));
    }
  }

  static Stream<Arguments> entries() {
    return Catalogue.lines("corpus/index.txt").stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\|", -1))
        .map(parts -> argumentSet(parts[0], parts[0], parts[1], parts[2], parts[3]));
  }

  private static ValidationTarget target(String variables) {
    if (variables.isEmpty()) {
      return ValidationTarget.release("0.49.0");
    }
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(";", -1)) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1].replace("\\n", "\n"));
    }
    return ValidationTarget.task(new TaskFacts(
        List.of(new TaskFacts.Container(
            "collector",
            "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0",
            true,
            environment,
            Map.of(),
            true,
            OptionalInt.empty(),
            List.of(),
            List.of())),
        "collector",
        Set.of("collector"),
        OptionalInt.empty(),
        "awsvpc",
        Optional.empty()));
  }
}
