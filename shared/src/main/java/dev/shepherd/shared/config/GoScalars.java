package dev.shepherd.shared.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers and durations as Go does. */
final class GoScalars {
  private static final Pattern DURATION =
      Pattern.compile("[-+]?((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([a-zµμ]+)");
  private static final Pattern PROMETHEUS_DURATION =
      Pattern.compile("(\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?");
  private static final int LONGEST = 100;
  private static final Map<String, BigDecimal> NANOS = Map.ofEntries(
      Map.entry("ns", BigDecimal.ONE),
      Map.entry("us", BigDecimal.valueOf(1_000)),
      Map.entry("µs", BigDecimal.valueOf(1_000)),
      Map.entry("μs", BigDecimal.valueOf(1_000)),
      Map.entry("ms", BigDecimal.valueOf(1_000_000)),
      Map.entry("s", BigDecimal.valueOf(1_000_000_000L)),
      Map.entry("m", BigDecimal.valueOf(60_000_000_000L)),
      Map.entry("h", BigDecimal.valueOf(3_600_000_000_000L)),
      Map.entry("d", BigDecimal.valueOf(86_400_000_000_000L)),
      Map.entry("w", BigDecimal.valueOf(604_800_000_000_000L)),
      Map.entry("y", BigDecimal.valueOf(31_536_000_000_000_000L)));

  private GoScalars() {}

  /** A number, or the nanoseconds of a duration. */
  static Optional<BigDecimal> amount(String text) {
    return number(text).or(() -> duration(text));
  }

  /** Nanoseconds of a Go duration, {@code 1m30s}; empty if it is none. */
  static Optional<BigDecimal> duration(String text) {
    if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
      return Optional.of(BigDecimal.ZERO);
    }
    if (text.length() > LONGEST || !DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(text.startsWith("-") ? sum(text).negate() : sum(text));
  }

  /** Nanoseconds of a duration as Prometheus writes it, {@code 1d}; empty if it is none. */
  static Optional<BigDecimal> prometheusDuration(String text) {
    if (text.equals("0")) {
      return Optional.of(BigDecimal.ZERO);
    }
    boolean legal = !text.isEmpty()
        && text.length() <= LONGEST
        && PROMETHEUS_DURATION.matcher(text).matches();
    return legal ? Optional.of(sum(text)) : Optional.empty();
  }

  private static BigDecimal sum(String text) {
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      BigDecimal unit = NANOS.getOrDefault(part.group(2), BigDecimal.ZERO);
      sum = sum.add(
          new BigDecimal(part.group(1) + (part.group(1).endsWith(".") ? "0" : "")).multiply(unit));
    }
    return sum;
  }

  /** The value of an integer or a decimal number; empty for words, infinities and the like. */
  static Optional<BigDecimal> number(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = text.replace("_", "");
    Optional<BigDecimal> whole = ScalarType.integer(plain).map(BigDecimal::new);
    if (whole.isPresent()) {
      return whole;
    }
    try {
      BigDecimal value = new BigDecimal(plain);
      return Math.abs((long) value.scale()) < LONGEST ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException word) {
      return Optional.empty();
    }
  }
}
