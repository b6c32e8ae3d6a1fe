package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalHashTest {
  @ParameterizedTest
  @MethodSource("pairs")
  void twoTextsShareAHashWhenTheyMeanTheSame(String one, String other, boolean same) {
    assertThat(hash(one).equals(hash(other))).isEqualTo(same);
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        argumentSet("comment and spacing", "a: 1\nb: x\n", "# why\na:   1\n\nb:   x # so\n", true),
        argumentSet("order of keys", "a: 1\nb: 2\n", "b: 2\na: 1\n", true),
        argumentSet("quotes", "a: x\n", "a: 'x'\n", true),
        argumentSet("flow style", "a: [1, {b: c}]\n", "a:\n  - 1\n  - b: c\n", true),
        argumentSet("alias", "a: &x {k: 1}\nb: *x\n", "a: {k: 1}\nb: {k: 1}\n", true),
        argumentSet(
            "merge", "a: &x {k: 1}\nb: {<<: *x, l: 2}\n", "a: {k: 1}\nb: {l: 2, k: 1}\n", true),
        argumentSet("null spelled out", "a:\n", "a: null\n", true),
        argumentSet("quotes that change the type", "a: 1\n", "a: '1'\n", false),
        argumentSet("order of a list", "a: [1, 2]\n", "a: [2, 1]\n", false),
        argumentSet("null and empty text", "a:\n", "a: ''\n", false),
        argumentSet("null and empty map", "a:\n", "a: {}\n", false),
        argumentSet("borders of scalars", "a: [bc, d]\n", "a: [b, cd]\n", false),
        argumentSet("nesting", "a: [[b], c]\n", "a: [[b, c]]\n", false),
        argumentSet("unreadable", "a: [\n", "a: [ \n", false));
  }

  private static ConfigHash hash(String text) {
    return CanonicalHash.of(text, "String", Optional.empty());
  }

  @Test
  void parameterTypeAndKeyCount() {
    ConfigHash plain = hash("a: 1\n");
    ConfigHash secure = CanonicalHash.of("a: 1\n", "SecureString", Optional.of("alias/aws/ssm"));
    ConfigHash other = CanonicalHash.of("a: 1\n", "SecureString", Optional.of("alias/mine"));
    assertThat(plain).isNotEqualTo(secure);
    assertThat(secure).isNotEqualTo(other);
  }

  @Test
  void theEncodingStaysAsItIs() {
    // Snapshots in Parameter Store are named by it: a change would roll every fleet.
    assertThat(hash("a: [1, x]\n")).hasToString("56a3c54ba15a");
  }
}
