package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.SdkReads;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
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

/** The port over the SDK's clients: nothing but passing on. */
final class SdkRegistrationAws extends SdkReads implements RegistrationAws {
  private final ServiceDiscoveryClient cloudMap;

  SdkRegistrationAws(EcsClient ecs, ServiceDiscoveryClient cloudMap, EventBridgeClient events) {
    super(ecs, events);
    this.cloudMap = cloudMap;
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
