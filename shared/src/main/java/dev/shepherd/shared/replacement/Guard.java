package dev.shepherd.shared.replacement;

/** Why a sick collector is left as it is for now. */
public enum Guard {
  /** Not every task of its service could be read. */
  PARTIAL,
  /** Somebody else looks after the service. */
  UNMANAGED,
  /** The service is to have no task. */
  NOT_WANTED,
  /** The budget is 0%: only reported. */
  REPORT_ONLY,
  /** It is young, and ECS does not look at its health yet. */
  GRACE,
  /** A deployment replaces the tasks anyway. */
  DEPLOYMENT,
  /** Its service is the canary of a config that is not promoted. */
  CANARY,
  /** Its successor would read a text that is not proven. */
  BY_NAME,
  /** It is essential: ECS replaces its task. */
  ECS,
  /** Its restart policy may start it again. */
  RESTART_POLICY,
  /** It is its service's only task, and ECS cannot start the successor first. */
  ALONE,
  /** ConfigRollout has been asked to restart it. */
  ASKED,
  /** After a storm: others go first. */
  TURN,
  /** Too many of its service's tasks are missing already. */
  BUDGET;

  /** Whether people may have to know of it. */
  public boolean holds() {
    return switch (this) {
      case PARTIAL, REPORT_ONLY, ALONE -> true;
      case UNMANAGED,
          NOT_WANTED,
          GRACE,
          DEPLOYMENT,
          CANARY,
          BY_NAME,
          ECS,
          RESTART_POLICY,
          ASKED,
          TURN,
          BUDGET -> false;
    };
  }
}
