package dev.shepherd.local.scenario;

import java.util.List;
import java.util.SplittableRandom;

/** Draws from a generator in the words of what is drawn. */
final class Chance {
  private final SplittableRandom random;

  Chance(SplittableRandom random) {
    this.random = random;
  }

  /** True in so many of a hundred cases. */
  boolean of(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Both bounds included. */
  int from(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Two digits after the point. */
  double upTo(double most) {
    return Math.round(random.nextDouble(most) * 100) / 100.0;
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String one(String... choices) {
    return one(List.of(choices));
  }
}
