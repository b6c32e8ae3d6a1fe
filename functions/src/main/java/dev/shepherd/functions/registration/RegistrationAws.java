package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.EcsReads;
import dev.shepherd.functions.aws.ec2.DescribeInstancesRequest;
import dev.shepherd.functions.aws.ec2.DescribeInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.DeregisterInstanceRequest;
import software.amazon.awssdk.services.servicediscovery.model.DeregisterInstanceResponse;
import software.amazon.awssdk.services.servicediscovery.model.GetInstancesHealthStatusRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetInstancesHealthStatusResponse;
import software.amazon.awssdk.services.servicediscovery.model.GetOperationRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetOperationResponse;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceResponse;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.RegisterInstanceRequest;
import software.amazon.awssdk.services.servicediscovery.model.RegisterInstanceResponse;
import software.amazon.awssdk.services.servicediscovery.model.UpdateInstanceCustomHealthStatusRequest;
import software.amazon.awssdk.services.servicediscovery.model.UpdateInstanceCustomHealthStatusResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/**
 * Every AWS call that RegistrationSync may make, one method each; {@code template.yaml} grants
 * exactly these, and a test compares the two.
 */
public interface RegistrationAws extends EcsReads, DomainEvents.Calls {
  /** {@code ecs:DescribeContainerInstances}. */
  DescribeContainerInstancesResponse describeContainerInstances(
      DescribeContainerInstancesRequest request);

  /** {@code ec2:DescribeInstances}. */
  DescribeInstancesResponse describeInstances(DescribeInstancesRequest request);

  /** {@code ssm:GetParameters}. */
  GetParametersResponse getParameters(GetParametersRequest request);

  /** {@code ssm:PutParameter}. */
  PutParameterResponse putParameter(PutParameterRequest request);

  /** {@code servicediscovery:ListInstances}. */
  ListInstancesResponse listInstances(ListInstancesRequest request);

  /** {@code servicediscovery:GetService}. */
  GetServiceResponse getService(GetServiceRequest request);

  /** {@code servicediscovery:GetInstancesHealthStatus}. */
  GetInstancesHealthStatusResponse getInstancesHealthStatus(
      GetInstancesHealthStatusRequest request);

  /** {@code servicediscovery:GetOperation}. */
  GetOperationResponse getOperation(GetOperationRequest request);

  /** {@code servicediscovery:RegisterInstance}. */
  RegisterInstanceResponse registerInstance(RegisterInstanceRequest request);

  /** {@code servicediscovery:DeregisterInstance}. */
  DeregisterInstanceResponse deregisterInstance(DeregisterInstanceRequest request);

  /** {@code servicediscovery:UpdateInstanceCustomHealthStatus}. */
  UpdateInstanceCustomHealthStatusResponse updateInstanceCustomHealthStatus(
      UpdateInstanceCustomHealthStatusRequest request);
}
