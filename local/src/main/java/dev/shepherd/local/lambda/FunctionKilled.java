package dev.shepherd.local.lambda;

import java.io.Serial;

/**
 * Thrown in the middle of a function, from its HTTP client or clock, to kill it as Lambda would: an
 * {@link Error}, so that neither the SDK nor the function takes it for something to handle.
 */
public final class FunctionKilled extends Error {
  @Serial
  private static final long serialVersionUID = 1;

  public FunctionKilled(String message) {
    super(message);
  }
}
