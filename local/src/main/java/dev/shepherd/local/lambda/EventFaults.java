package dev.shepherd.local.lambda;

import java.time.Duration;

/**
 * What goes wrong between an event's source and a queue. The rates are shares of events, 0 to 1.
 *
 * @param duplicate the event comes twice; every other time with a new id, as ECS's own repeats do,
 *     so that the queue cannot see it
 * @param reorder the event waits until a later one has passed it, or {@link #OVERTAKE}
 * @param lose the event never comes
 * @param delayUpTo each event waits for a time drawn evenly from zero to this
 */
public record EventFaults(double duplicate, double reorder, double lose, Duration delayUpTo) {
  /** Nothing goes wrong. */
  public static final EventFaults NONE = new EventFaults(0, 0, 0, Duration.ZERO);

  static final Duration OVERTAKE = Duration.ofSeconds(30);

  public EventFaults {
    rate("duplicate", duplicate);
    rate("reorder", reorder);
    rate("lose", lose);
    if (delayUpTo.isNegative()) {
      throw new IllegalArgumentException("delayUpTo must be >= 0, got " + delayUpTo);
    }
  }

  private static void rate(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, got " + value);
    }
  }
}
