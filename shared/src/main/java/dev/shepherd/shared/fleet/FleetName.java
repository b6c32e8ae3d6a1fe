package dev.shepherd.shared.fleet;

/**
 * The part of a config parameter's name that follows the prefix: {@code gateway} in
 * {@code /collectors/gateway}. It may hold slashes.
 */
public record FleetName(String value) implements Comparable<FleetName> {
  public FleetName {
    if (value.isEmpty() || value.startsWith("/") || value.endsWith("/")) {
      throw new IllegalArgumentException(
          "a fleet's name is not empty and has no slash at its ends, got '" + value + "'");
    }
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
