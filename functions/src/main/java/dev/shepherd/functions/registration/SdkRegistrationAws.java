package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.AwsClients;
import dev.shepherd.functions.aws.SdkReads;
import dev.shepherd.functions.aws.ec2.DescribeInstancesRequest;
import dev.shepherd.functions.aws.ec2.DescribeInstancesResponse;
import dev.shepherd.functions.aws.ec2.Ec2Calls;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
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
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** The port over the SDK's clients: nothing but passing on. */
final class SdkRegistrationAws extends SdkReads implements RegistrationAws {
  private final EcsClient ecs;
  private final Ec2Calls ec2;
  private final SsmClient ssm;
  private final ServiceDiscoveryClient cloudMap;

  SdkRegistrationAws(AwsClients clients) {
    this(clients, clients.ecs());
  }

  private SdkRegistrationAws(AwsClients clients, EcsClient ecs) {
    super(ecs, clients.events());
    this.ecs = ecs;
    this.ec2 = clients.ec2();
    this.ssm = clients.ssm();
    this.cloudMap = clients.cloudMap();
  }

  @Override
  public DescribeContainerInstancesResponse describeContainerInstances(
      DescribeContainerInstancesRequest request) {
    return ecs.describeContainerInstances(request);
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return ec2.describeInstances(request);
  }

  @Override
  public GetParametersResponse getParameters(GetParametersRequest request) {
    return ssm.getParameters(request);
  }

  @Override
  public PutParameterResponse putParameter(PutParameterRequest request) {
    return ssm.putParameter(request);
  }

  @Override
  public ListInstancesResponse listInstances(ListInstancesRequest request) {
    return cloudMap.listInstances(request);
  }

  @Override
  public GetServiceResponse getService(GetServiceRequest request) {
    return cloudMap.getService(request);
  }

  @Override
  public GetInstancesHealthStatusResponse getInstancesHealthStatus(
      GetInstancesHealthStatusRequest request) {
    return cloudMap.getInstancesHealthStatus(request);
  }

  @Override
  public GetOperationResponse getOperation(GetOperationRequest request) {
    return cloudMap.getOperation(request);
  }

  @Override
  public RegisterInstanceResponse registerInstance(RegisterInstanceRequest request) {
    return cloudMap.registerInstance(request);
  }

  @Override
  public DeregisterInstanceResponse deregisterInstance(DeregisterInstanceRequest request) {
    return cloudMap.deregisterInstance(request);
  }

  @Override
  public UpdateInstanceCustomHealthStatusResponse updateInstanceCustomHealthStatus(
      UpdateInstanceCustomHealthStatusRequest request) {
    return cloudMap.updateInstanceCustomHealthStatus(request);
  }
}
