package dev.shepherd.shared.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An ADOT release: {@code 0.49.0}. */
record Release(int major, int minor, int patch) implements Comparable<Release> {
  private static final Pattern TAG =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(-.*)?");
  private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major)
      .thenComparingInt(Release::minor)
      .thenComparingInt(Release::patch);

  /** Reads an image tag or a version; empty for {@code latest} and the like. */
  static Optional<Release> parse(String tag) {
    Matcher matcher = TAG.matcher(tag);
    return matcher.matches()
        ? Optional.of(new Release(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Release other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
