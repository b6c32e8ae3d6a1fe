package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoRegexTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a|b",
        "(a)(?:b)",
        "(?P<n>x)(?<m>y)",
        "(?i)a",
        "a*?b+?c??",
        "a{2}",
        "a{2,}?",
        "{x}",
        "a{,2}",
        "[]a]",
        "[^]a]",
        "[[:alpha:]-]",
        "[a-z\\d_-]",
        "\\Q*(\\E",
        "\\pL\\p{Greek}",
        "__meta_(.+)",
        "([^:]+)(?::\\d+)?;(\\d+)",
        "\\.\\/\\-",
        "\\012",
        "^$",
        "|",
        "()",
        "(|a)*"
      })
  void compiles(String text) {
    assertThat(GoRegex.compiles(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[",
        "[a",
        "*",
        "a**",
        "a*+",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "\\1",
        "\\",
        "a{2}{3}",
        "[z-a]",
        "[[:foo:]]",
        "\\y",
        "(?P<n",
        "a{1001}",
        "|*",
        "(*)",
        "\\Z",
        "a{3,2}"
      })
  void doesNotCompile(String text) {
    assertThat(GoRegex.compiles(text)).isFalse();
  }
}
