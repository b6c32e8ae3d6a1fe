package dev.shepherd.local.bench;

/**
 * What a row promises.
 *
 * @param most the most that it may be
 * @param of what may be that: the value, in the row's unit, or how often the reference goes into it
 */
public record Goal(double most, Of of) {
  /** What a goal bounds. */
  public enum Of {
    VALUE,
    RATIO
  }

  static Goal ratio(double most) {
    return new Goal(most, Of.RATIO);
  }

  static Goal value(double most) {
    return new Goal(most, Of.VALUE);
  }
}
