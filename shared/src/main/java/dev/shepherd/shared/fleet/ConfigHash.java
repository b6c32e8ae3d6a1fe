package dev.shepherd.shared.fleet;

import java.util.regex.Pattern;

/**
 * What two configs share when they mean the same: 12 lowercase hexadecimal digits. It names the
 * snapshot that a task definition is pinned to.
 */
public record ConfigHash(String value) implements Comparable<ConfigHash> {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{12}");

  public ConfigHash {
    if (!DIGITS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a config's hash is 12 lowercase hexadecimal digits, got '" + value + "'");
    }
  }

  @Override
  public int compareTo(ConfigHash other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
