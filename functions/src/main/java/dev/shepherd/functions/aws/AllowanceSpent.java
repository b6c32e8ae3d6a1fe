package dev.shepherd.functions.aws;

/** What is asked for does not fit into this run any more; the next one goes on. Not a failure. */
public final class AllowanceSpent extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code reason} says what is spent. */
  public AllowanceSpent(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
