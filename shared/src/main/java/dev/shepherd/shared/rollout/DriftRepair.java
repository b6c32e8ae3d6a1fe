package dev.shepherd.shared.rollout;

/** When a service that somebody pinned to an older snapshot is brought to live. */
public enum DriftRepair {
  /** By the next rollout. */
  NEXT,
  /** As soon as it is seen. */
  NOW,
  /** Not at all; but a snapshot in quarantine is never left running. */
  NEVER
}
