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

/** What a port must offer so that a fleet can be read. Each method is one AWS call. */
public interface EcsReads {
  /** {@code ecs:ListServices}. */
  ListServicesResponse listServices(ListServicesRequest request);

  /** {@code ecs:DescribeServices}. */
  DescribeServicesResponse describeServices(DescribeServicesRequest request);

  /** {@code ecs:DescribeTaskDefinition}. */
  DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request);

  /** {@code ecs:ListTasks}. */
  ListTasksResponse listTasks(ListTasksRequest request);

  /** {@code ecs:DescribeTasks}. */
  DescribeTasksResponse describeTasks(DescribeTasksRequest request);
}
