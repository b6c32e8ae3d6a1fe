package dev.shepherd.local.bench;

import java.util.OptionalDouble;

/**
 * One figure beside what it is compared with, both measured in the same run.
 *
 * @param bench the bench that measured it
 * @param scenario what was measured
 * @param value the figure, in {@code unit}
 * @param reference the same of what {@code referenceName} says; not below 0
 * @param goal the most that {@code value} may be; empty where nothing is promised
 */
public record BenchRow(
    String bench,
    String scenario,
    double value,
    String unit,
    double reference,
    String referenceName,
    OptionalDouble goal) {
  public BenchRow {
    if (value < 0 || reference < 0) {
      throw new IllegalArgumentException(
          "a figure is not below 0, got " + value + " and " + reference);
    }
  }

  /** How often the reference goes into the value; 0 without a reference. */
  public double ratio() {
    return reference == 0 ? 0 : value / reference;
  }

  /** Whether the goal, if there is one, is missed. */
  public boolean isMissed() {
    return goal.isPresent() && value > goal.getAsDouble();
  }
}
