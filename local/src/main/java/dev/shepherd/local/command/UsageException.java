package dev.shepherd.local.command;

import java.io.Serial;

/** Wrong arguments or unreadable input; the message is one line that says what to do. */
final class UsageException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
