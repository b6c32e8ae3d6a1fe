package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTextTest {
  @ParameterizedTest
  @MethodSource("badTexts")
  void badTextEndsInAFinding(String text, String rule, int line, int column) {
    ConfigText config =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> ConfigText.parse(text));
    assertThat(config.root()).isEmpty();
    assertThat(config.findings()).singleElement().satisfies(finding -> {
      assertThat(finding.rule()).isEqualTo(rule);
      assertThat(finding.line()).isEqualTo(line);
      assertThat(finding.column()).isEqualTo(column);
    });
  }

  static Stream<Arguments> badTexts() {
    return Stream.of(
        argumentSet("tab", "a:\n\tb: 1\n", "yaml-syntax", 2, 1),
        argumentSet(
            "duplicate key", "a: 1\nb:\n  c: 1\n  c: 2\n", "yaml-syntax-duplicate-key", 4, 3),
        argumentSet("unknown anchor", "a: *nope\n", "yaml-syntax-anchor", 1, 4),
        argumentSet("anchor in itself", "a: &a [*a]\n", "yaml-syntax-anchor", 1, 8),
        argumentSet("key that is a map", "? {a: 1}\n: 2\n", "yaml-syntax", 1, 3),
        argumentSet("merge of a scalar", "<<: 1\n", "yaml-syntax", 1, 1),
        argumentSet("version 1.2", "%YAML 1.2\n---\na: 1\n", "yaml-syntax", 1, 1),
        argumentSet("unprintable", "a: \u0001\n", "yaml-syntax", 1, 1),
        argumentSet("too large", "a".repeat(300_000), "too-large", 1, 1),
        argumentSet("long scalar", "a: " + "b".repeat(70_000), "too-long", 1, 4),
        argumentSet("brackets", "[".repeat(8_192), "yaml-syntax-depth", 1, 102),
        argumentSet("braces", "{".repeat(8_192), "yaml-syntax-depth", 1, 102),
        argumentSet("levels", "- ".repeat(10_000), "yaml-syntax-depth", 1, 203),
        argumentSet("alias bomb", bomb(), "yaml-syntax-aliasing", 5, 55));
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 30; level++) {
      String alias = "*l" + (level - 1);
      text.append("l%d: &l%d [%s]\n".formatted(level, level, (alias + ", ").repeat(10)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void scalarsResolveAsGoYamlResolvesThem(String text, ScalarType type) {
    ConfigNode node =
        ConfigText.parse("a: " + text).root().orElseThrow().get("a").orElseThrow();
    assertThat(node)
        .isInstanceOfSatisfying(
            ConfigNode.ScalarNode.class, scalar -> assertThat(scalar.type()).isEqualTo(type));
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
        argumentSet("yes", "yes", ScalarType.STRING),
        argumentSet("true", "True", ScalarType.BOOL),
        argumentSet("nothing", "", ScalarType.NULL),
        argumentSet("tilde", "~", ScalarType.NULL),
        argumentSet("quoted null", "'null'", ScalarType.STRING),
        argumentSet("underscores", "8_192", ScalarType.INT),
        argumentSet("octal of YAML 1.2", "0o17", ScalarType.INT),
        argumentSet("octal of YAML 1.1", "0123", ScalarType.INT),
        argumentSet("no octal", "0129", ScalarType.FLOAT),
        argumentSet("hexadecimal", "0xFf", ScalarType.INT),
        argumentSet("exponent", "1e3", ScalarType.FLOAT),
        argumentSet("duration", "10s", ScalarType.STRING),
        argumentSet("address", "0.0.0.0:4317", ScalarType.STRING),
        argumentSet("date", "2024-01-02", ScalarType.TIMESTAMP),
        argumentSet("tagged string", "!!str 12", ScalarType.STRING),
        argumentSet("own tag", "!Sub 12", ScalarType.STRING),
        argumentSet("dot", ".", ScalarType.STRING));
  }
}
