package dev.shepherd.shared.registration;

/**
 * Something about one instance that a second look has to confirm.
 *
 * @param id the first 12 characters of the instance's id; {@link #EVERY} for all at once
 */
public record Sighting(Kind kind, String id) {
  /** In place of an id: too many at once to keep each. Only for what is missing. */
  static final String EVERY = "*";

  private static final int KEPT = 12;

  /** What was seen. */
  public enum Kind {
    /** It is registered, and its task is gone. */
    STALE,
    /** Its task runs, and it is not registered. */
    MISSING,
    /** It does not say what its task says. */
    WRONG
  }

  static Sighting of(Kind kind, String instance) {
    return new Sighting(kind, idOf(instance));
  }

  static String idOf(String instance) {
    return instance.substring(0, Math.min(KEPT, instance.length()));
  }

  boolean isOfEvery() {
    return id.equals(EVERY);
  }
}
