package dev.shepherd.local.scenario;

/** A scenario that cannot be played; the message is one line that begins with file:line:column. */
public final class ScenarioError extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Of the file as a whole. */
  ScenarioError(String message) {
    super(message);
  }

  ScenarioError(Place place, String message) {
    super(place + ": " + message);
  }
}
