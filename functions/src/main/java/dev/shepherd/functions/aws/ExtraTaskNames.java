package dev.shepherd.functions.aws;

import dev.shepherd.shared.rollout.ExtraTask.Kind;

/** By what a task that Shepherd started beside a service is known. */
public final class ExtraTaskNames {
  /** Its fleet. */
  public static final String FLEET_TAG = "shepherd:fleet";

  /** The service that it was copied from, in the same cluster. */
  public static final String SERVICE_TAG = "shepherd:service";

  /** The hash that it reads. */
  public static final String CONFIG_TAG = "shepherd:config";

  /** {@code true} once it is to be taken out of Cloud Map. */
  public static final String DRAIN_TAG = "shepherd:drain";

  private ExtraTaskNames() {}

  /** RunTask's {@code startedBy}; a family's end is the same after a hyphen. */
  public static String startedBy(Kind kind) {
    return switch (kind) {
      case PROBE -> "shepherd-probe";
      case CANARY -> "shepherd-canary";
    };
  }

  /** Whether a revision, by its ARN, is of a family of extra tasks. */
  public static boolean isOfFamily(String revision, Kind kind) {
    return revision.matches(".*" + family("", kind) + ":[0-9]+");
  }

  /** The family of a service's extra tasks. */
  public static String family(String of, Kind kind) {
    return of + "-" + startedBy(kind);
  }
}
