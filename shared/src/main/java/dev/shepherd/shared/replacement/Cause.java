package dev.shepherd.shared.replacement;

/** What made collectors ill, as far as the evidence goes. */
public enum Cause {
  /** Nothing but the task itself. */
  SINGLE,
  /** They are all on one container instance. */
  BAD_HOST,
  /** They run a text that failed: the rollout reads the same evidence, and takes it back. */
  BAD_CONFIG,
  /** A zone or a backend is down: successors would fall ill as well. */
  STORM,
  /** The successors of replaced tasks fall ill again and again. */
  CRASH_LOOP
}
