package dev.shepherd.functions.registration;

import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
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
record SdkRegistrationAws(EcsClient ecs, ServiceDiscoveryClient cloudMap, EventBridgeClient events)
    implements RegistrationAws {
  @Override
  public ListServicesResponse listServices(ListServicesRequest request) {
    return ecs.listServices(request);
  }

  @Override
  public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
    return ecs.describeServices(request);
  }

  @Override
  public DescribeTaskDefinitionResponse describeTaskDefinition(
      DescribeTaskDefinitionRequest request) {
    return ecs.describeTaskDefinition(request);
  }

  @Override
  public ListTasksResponse listTasks(ListTasksRequest request) {
    return ecs.listTasks(request);
  }

  @Override
  public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    return ecs.describeTasks(request);
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

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    return events.putEvents(request);
  }
}
