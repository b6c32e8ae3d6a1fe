package dev.shepherd.functions.aws.ec2;

import java.util.List;
import java.util.Optional;

/**
 * Which instances, by id.
 *
 * @param instanceIds at most 200, the most values of a <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">filter</a>;
 *     one that is gone is left out of the answer, while as an id it would have the call refused
 * @param nextToken of the page behind; absent for the first
 */
public record DescribeInstancesRequest(List<String> instanceIds, Optional<String> nextToken) {
  public DescribeInstancesRequest {
    instanceIds = List.copyOf(instanceIds);
  }
}
