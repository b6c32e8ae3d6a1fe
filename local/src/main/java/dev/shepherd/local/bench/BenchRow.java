package dev.shepherd.local.bench;

import java.util.Optional;

/**
 * One figure beside what it is compared with, both measured in the same run.
 *
 * @param bench the bench that measured it
 * @param scenario what was measured
 * @param value the figure, in {@code unit}
 * @param reference the same of what {@code referenceName} says
 * @param goal empty where nothing is promised
 */
public record BenchRow(
    String bench,
    String scenario,
    Figure value,
    String unit,
    Figure reference,
    String referenceName,
    Optional<Goal> goal) {

  /** Of two counts. */
  static BenchRow counted(
      String bench,
      String scenario,
      double value,
      String unit,
      double reference,
      String referenceName) {
    return new BenchRow(
        bench,
        scenario,
        Figure.of(value),
        unit,
        Figure.of(reference),
        referenceName,
        Optional.empty());
  }

  /** The same, with a goal. */
  BenchRow within(Goal bound) {
    return new BenchRow(bench, scenario, value, unit, reference, referenceName, Optional.of(bound));
  }

  /** How often the reference goes into the value, median by median; 0 without a reference. */
  public double ratio() {
    return ratio(value.median(), reference.median());
  }

  static double ratio(double value, double reference) {
    return reference == 0 ? 0 : value / reference;
  }

  /** Whether the goal, if there is one, is missed. */
  public boolean isMissed() {
    return goal.filter(bound -> bounded(bound) > bound.most()).isPresent();
  }

  private double bounded(Goal bound) {
    return switch (bound.of()) {
      case VALUE -> value.median();
      case RATIO -> ratio();
    };
  }
}
