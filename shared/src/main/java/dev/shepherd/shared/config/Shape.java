package dev.shepherd.shared.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the collector accepts at one place of a config.
 *
 * @param kind the type
 * @param keys the legal keys of a map; all of them, unless {@code each} or the flag {@code open}
 * @param each what every item of a list or every value of a map is
 * @param flags {@code optional}, {@code comma} (a text with commas is a list), {@code open} (other
 *     keys are legal), {@code pairs} (a list of name and value, or a map), {@code text} (a word
 *     does)
 * @param enumeration the name of the words that are legal here, or of a Go type; may be empty
 * @param rules the name of the Go type whose own checks apply; may be empty
 * @param fallback the default, if it is a scalar other than nothing
 */
record Shape(
    Kind kind,
    Map<String, Shape> keys,
    Optional<Shape> each,
    Set<String> flags,
    String enumeration,
    String rules,
    Optional<String> fallback) {
  static final Shape ANY =
      new Shape(Kind.ANY, Map.of(), Optional.empty(), Set.of(), "", "", Optional.empty());

  Shape {
    keys = Map.copyOf(keys);
    flags = Set.copyOf(flags);
  }

  /** The types that a catalogue knows. */
  enum Kind {
    MAP,
    LIST,
    STRING,
    BOOL,
    INT,
    UINT,
    FLOAT,
    DURATION,
    /** A text that the collector parses itself. */
    TEXT,
    ANY,
    /** Prometheus' own configuration, with its own reader. */
    PROMETHEUS,
    /** A duration as Prometheus writes it: {@code 1d}, {@code 30s}. */
    PROMDURATION;

    static Kind of(String word) {
      return switch (word) {
        case "int32", "int64" -> INT;
        case "uint16", "uint32", "uint64" -> UINT;
        case "enum" -> TEXT;
        default -> valueOf(word.toUpperCase(java.util.Locale.ROOT));
      };
    }
  }

  boolean is(String flag) {
    return flags.contains(flag);
  }

  /** What is legal under {@code key}; empty if the key is not. */
  Optional<Shape> under(String key) {
    Shape known = keys.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    return each.or(() -> is("open") ? Optional.of(ANY) : Optional.empty());
  }
}
