package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigValidatorTest {
  private static final String PARTS =
      "receivers: {otlp: {protocols: {grpc: }}}\nexporters: {debug: }\n";
  private static final String PIPELINES =
      "service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}\n";

  @ParameterizedTest
  @MethodSource("texts")
  void saysWhatIsMissing(String text, List<String> errors) {
    Validation validation =
        ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.UNKNOWN);
    assertThat(validation.errors())
        .extracting(Finding::rule)
        .containsExactlyInAnyOrderElementsOf(errors);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("complete", PARTS + PIPELINES, List.of()),
        argumentSet("nothing", "", List.of("empty-config")),
        argumentSet("a comment", "# later\n", List.of("empty-config")),
        argumentSet("a list", "- receivers\n", List.of("not-a-map")),
        argumentSet("a parameter's name", "/collectors/gateway\n", List.of("not-a-map")),
        argumentSet("not YAML", "receivers: [\n", List.of("yaml-syntax")),
        argumentSet("no service", PARTS, List.of("no-pipelines")),
        argumentSet("null pipelines", PARTS + "service: {pipelines: }\n", List.of("no-pipelines")),
        argumentSet(
            "no exporters",
            "receivers: {otlp: {protocols: {grpc: }}}\n" + PIPELINES,
            List.of("no-exporters", "undefined-reference")));
  }
}
