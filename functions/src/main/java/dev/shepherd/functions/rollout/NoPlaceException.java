package dev.shepherd.functions.rollout;

import java.io.Serial;

/** ECS has no place for an extra task, or what it was to stand beside is gone. */
final class NoPlaceException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  NoPlaceException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
