package dev.shepherd.functions.aws;

/** A fleet could not be reconciled in this run; the message tells people what to do. */
public final class ReconcileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ReconcileException(String message) {
    super(message);
  }
}
