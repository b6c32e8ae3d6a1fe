package dev.shepherd.local.bench;

import java.util.Arrays;

/**
 * What came of measuring one thing once or several times: a median, and from where to where it
 * went. Nothing is below 0.
 */
public record Figure(double median, double lowest, double highest) {
  public Figure {
    if (lowest < 0 || median < lowest || highest < median) {
      throw new IllegalArgumentException(
          "0, lowest, median and highest ascend, got " + lowest + ", " + median + ", " + highest);
    }
  }

  /** What is counted has no spread. */
  public static Figure of(double counted) {
    return new Figure(counted, counted, counted);
  }

  /** Of at least one measurement; of an even number the median is the mean of the middle two. */
  public static Figure of(double[] measured) {
    double[] sorted = measured.clone();
    Arrays.sort(sorted);
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return new Figure(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Whether measuring again gave something else. */
  boolean hasSpread() {
    return lowest < highest;
  }
}
