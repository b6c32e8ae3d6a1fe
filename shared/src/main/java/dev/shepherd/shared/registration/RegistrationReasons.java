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
          case NO_SERVICE -> "the Cloud Map service is gone";
          case SERVICE_CONNECT -> "ECS's Service Connect keeps them; they are only read";
          case FOREIGN -> "registered by somebody else, and never touched";
          case NOT_OURS -> "registered by ECS for tasks that Shepherd does not look after";
          case UNMANAGED ->
            "not as it should be, but of a service that Shepherd only reports on (tagged"
                + " shepherd:managed=false, or under another controller)";
          case STARTING -> "the task does not run yet";
          case YOUNG ->
            "not as it should be, but seen so only now; a later look decides whether ECS has put it"
                + " right";
          case DRAINED -> "the task is to be stopped, and stays out";
          case UNREACHABLE -> "the task has no address, or not the port that the service registers";
          case UNDER_WAY -> "Cloud Map still works on what an earlier run asked for";
          case BLIND ->
            "their tasks were not seen, but neither was any task of a service that should have some:"
                + " nothing counts as gone";
          case LAST ->
            "no healthy one would be left in it, though the service has a running task; the next run"
                + " looks again";
          case TOO_MANY -> "this run has taken out as many as it may; the rest is the next run's";
          case FULL ->
            "a Cloud Map service holds no more than " + RegistrationPlanner.MOST_INSTANCES
                + ": split the ECS service, or take out what is foreign";
        };
  }
}
