package dev.shepherd.shared.config;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The type of a scalar as go-yaml v3 resolves it, which the collector reads its config with: the
 * YAML 1.2 words for booleans, the YAML 1.1 octals, underscores in numbers, and timestamps.
 *
 * @see <a href="https://github.com/yaml/go-yaml/blob/v3/resolve.go">go-yaml's resolve.go</a>
 */
public enum ScalarType {
  STRING,
  BOOL,
  INT,
  FLOAT,
  NULL,
  TIMESTAMP;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> BOOLS =
      Set.of("true", "True", "TRUE", "false", "False", "FALSE");
  private static final Set<String> FLOAT_WORDS = Set.of(
      ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf",
      "-.INF");
  private static final Pattern FLOAT_TEXT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern TIME_TEXT = Pattern.compile(
      "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?"
          + "(Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?)?");
  private static final BigInteger LEAST_INT = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger INT_BOUND = BigInteger.ONE.shiftLeft(64);
  private static final int LONGEST_NUMBER = 1_024;

  /** Resolves a plain scalar that carries no tag. */
  public static ScalarType ofPlain(String text) {
    if (NULLS.contains(text)) {
      return NULL;
    }
    if (BOOLS.contains(text)) {
      return BOOL;
    }
    if (FLOAT_WORDS.contains(text)) {
      return FLOAT;
    }
    return startsLikeNumber(text) && text.length() <= LONGEST_NUMBER ? ofNumber(text) : STRING;
  }

  private static boolean startsLikeNumber(String text) {
    char first = text.charAt(0);
    return first == '.' || first == '+' || first == '-' || (first >= '0' && first <= '9');
  }

  private static ScalarType ofNumber(String text) {
    if (TIME_TEXT.matcher(text).matches()) {
      return TIMESTAMP;
    }
    String plain = text.charAt(0) == '.' ? text : text.replace("_", "");
    if (text.charAt(0) != '.' && integer(plain).isPresent()) {
      return INT;
    }
    return FLOAT_TEXT.matcher(plain).matches() ? FLOAT : STRING;
  }

  /**
   * Reads an integer as Go's {@code ParseInt(text, 0, 64)} does, unsigned 64 bits included: a
   * leading 0 or 0o is octal, 0x hexadecimal, 0b binary.
   */
  static Optional<BigInteger> integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int base = base(digits);
    String body = digits.substring(base == 10 ? 0 : digits.matches("0[xXoObB].*") ? 2 : 1);
    if (body.isEmpty() || !body.chars().allMatch(c -> Character.digit(c, base) >= 0 && c < 128)) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(body, base);
    value = negative ? value.negate() : value;
    boolean fits = value.compareTo(LEAST_INT) >= 0 && value.compareTo(INT_BOUND) < 0;
    return fits ? Optional.of(value) : Optional.empty();
  }

  private static int base(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return 10;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }
}
