package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that a run saw, decided or changed.
 *
 * @param at virtual time from the start
 * @param function whose doing it is: a function's name, or empty for the world's own
 * @param subject the fleet, service or parameter that it is about
 * @param reason why; empty where nobody decided
 */
public record TimelineEntry(
    Duration at, Kind kind, String function, String subject, String text, String reason) {
  /** What sort of thing an entry tells. */
  public enum Kind {
    /** Something that EventBridge told. */
    EVENT,
    /** What a function decided. */
    DECISION,
    /** A function's write to ECS or Cloud Map. */
    ACTION,
    /** A step of the scenario, or a change that anyone can see. */
    WORLD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
