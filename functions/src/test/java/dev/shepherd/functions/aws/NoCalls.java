package dev.shepherd.functions.aws;

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

/** An ECS that nothing may ask. */
final class NoCalls implements EcsReads {
  @Override
  public ListServicesResponse listServices(ListServicesRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DescribeTaskDefinitionResponse describeTaskDefinition(
      DescribeTaskDefinitionRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ListTasksResponse listTasks(ListTasksRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    throw new UnsupportedOperationException();
  }
}
