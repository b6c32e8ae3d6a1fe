package dev.shepherd.shared.rollout;

/** Whether services that take their config by the parameter's name are pinned to a snapshot. */
public enum PinByName {
  /** Before anything new is tried. */
  AT_ROLLOUT,
  /** They are left as they are: each task reads the newest text when it starts. */
  NEVER
}
