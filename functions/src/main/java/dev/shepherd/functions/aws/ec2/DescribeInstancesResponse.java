package dev.shepherd.functions.aws.ec2;

import java.util.Map;
import java.util.Optional;

/**
 * What is needed of the answer.
 *
 * @param privateAddresses IPv4, by instance id; an instance without one is left out
 */
public record DescribeInstancesResponse(
    Map<String, String> privateAddresses, Optional<String> nextToken) {
  public DescribeInstancesResponse {
    privateAddresses = Map.copyOf(privateAddresses);
  }
}
