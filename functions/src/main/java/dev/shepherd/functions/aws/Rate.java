package dev.shepherd.functions.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rates that AWS allows an account in a region, each shared by its operations and by everybody
 * in the account: <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html">ECS's
 * token buckets</a> with burst and refill; of Parameter Store's <a
 * href="https://docs.aws.amazon.com/general/latest/gr/ssm.html">rates</a>, as they are without the
 * higher throughput, a second's worth counts as burst. Cloud Map and EventBridge publish none for
 * the operations that Shepherd calls.
 */
public enum Rate {
  DEFINITION_WRITES(20, 1, "RegisterTaskDefinition|DeregisterTaskDefinition"),
  DEFINITION_READS(50, 20, "DescribeTaskDefinition|ListTaskDefinitions"),
  SERVICE_WRITES(50, 5, "UpdateService"),
  SERVICE_READS(100, 20, "DescribeServices|ListServices"),
  TASK_WRITES(100, 40, "RunTask|StopTask"),
  TASK_READS(100, 20, "ListTasks|DescribeTasks"),
  PARAMETER_READS(40, 40, "GetParameters"),
  // One row of AWS's table; whether they share its rate or have it each is not said.
  PARAMETER_WRITES(3, 3, "PutParameter|DescribeParameters|GetParameterHistory"),
  PARAMETER_DELETES(3, 3, "DeleteParameter");

  private final int burst;
  private final int perSecond;
  private final Pattern operations;

  Rate(int burst, int perSecond, String operations) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.operations = Pattern.compile(operations);
  }

  /** The rate that an operation falls under; empty for one that has none. */
  static Optional<Rate> of(String operation) {
    return Arrays.stream(values())
        .filter(rate -> rate.operations.matcher(operation).matches())
        .findFirst();
  }

  /** How many calls at once; at least one. */
  double burst(int percent) {
    return Math.max(1, burst * percent / 100.0);
  }

  double perSecond(int percent) {
    return perSecond * percent / 100.0;
  }

  /** The operations, for people. */
  @Override
  public String toString() {
    return operations.pattern().replace("|", "/");
  }
}
