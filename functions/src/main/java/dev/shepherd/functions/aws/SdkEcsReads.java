package dev.shepherd.functions.aws;

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

/** What every port passes on to the SDK's client of ECS: a fleet's reads. */
public abstract class SdkEcsReads implements EcsReads {
  private final EcsClient ecs;

  /** Over this client. */
  protected SdkEcsReads(EcsClient ecs) {
    this.ecs = ecs;
  }

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
}
