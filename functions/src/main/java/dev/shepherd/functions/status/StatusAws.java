package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.EcsReads;
import dev.shepherd.functions.aws.ParameterReads;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;

/**
 * Every AWS call that FleetStatus may make, one method each, and all of them reads;
 * {@code template.yaml} grants exactly these, and a test compares the two.
 */
public interface StatusAws extends EcsReads, ParameterReads.Calls {
  /** {@code servicediscovery:ListInstances}. */
  ListInstancesResponse listInstances(ListInstancesRequest request);
}
