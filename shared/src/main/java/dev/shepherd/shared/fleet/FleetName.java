package dev.shepherd.shared.fleet;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a config parameter's name that follows the prefix: {@code gateway} in
 * {@code /collectors/gateway}. It may hold slashes.
 */
public record FleetName(String value) implements Comparable<FleetName> {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

  public FleetName {
    if (!LEGAL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a fleet's name is what a parameter's name may be made of, got '" + value + "'");
    }
  }

  /** The name, if it is one. */
  static Optional<FleetName> of(String value) {
    return LEGAL.matcher(value).matches() ? Optional.of(new FleetName(value)) : Optional.empty();
  }

  @Override
  public int compareTo(FleetName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
