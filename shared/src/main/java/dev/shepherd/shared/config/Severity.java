package dev.shepherd.shared.config;

/** How much a finding weighs. The order is that of the report: the worst first. */
public enum Severity {
  /** The collector, or the task that runs it, would certainly fail: the config is refused. */
  ERROR,
  /** It starts, but probably not as meant. */
  WARNING,
  /** It depends on what the text does not tell: environment, files, credentials. Never blocks. */
  UNKNOWN,
  /** Something worth knowing that needs no action. */
  NOTE
}
