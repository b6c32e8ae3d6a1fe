package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.RegistrationDecision.Guard;

/** What people are told of what is left alone. */
final class RegistrationReasons {
  private RegistrationReasons() {}

  static String of(Guard guard, int instances) {
    return instances
        + (instances == 1 ? " instance: " : " instances: ")
        + switch (guard) {
          case PARTIAL -> "not everything could be read";
          case FOREIGN -> "registered by somebody else, and never touched";
          case NOT_OURS -> "registered by ECS, which looks after its own";
          case YOUNG -> "the canary task does not run yet";
          case DRAINED -> "the canary task is to be stopped, and stays out";
          case UNREACHABLE ->
            "the canary task has no address, or not the port that the service registers";
          case UNDER_WAY -> "Cloud Map still works on what an earlier run asked for";
          case LAST ->
            "nothing else would be left in it, though the service has a running task; the next run"
                + " looks again";
          case TOO_MANY -> "this run has taken out as many as it may; the rest is the next run's";
        };
  }
}
