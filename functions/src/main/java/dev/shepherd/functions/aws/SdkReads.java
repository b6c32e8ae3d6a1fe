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
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** What every port passes on to the SDK's clients: a fleet's reads, and what is told. */
public abstract class SdkReads implements EcsReads, DomainEvents.Calls {
  private final EcsClient ecs;
  private final EventBridgeClient events;

  /** Over these clients. */
  protected SdkReads(EcsClient ecs, EventBridgeClient events) {
    this.ecs = ecs;
    this.events = events;
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

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    return events.putEvents(request);
  }
}
