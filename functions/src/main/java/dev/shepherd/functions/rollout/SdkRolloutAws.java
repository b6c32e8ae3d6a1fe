package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.SdkReads;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceResponse;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** The port over the SDK's clients: nothing but passing on. */
final class SdkRolloutAws extends SdkReads implements RolloutAws {
  private final EcsClient ecs;
  private final SsmClient ssm;
  private final Supplier<ServiceDiscoveryClient> cloudMap;
  private final Supplier<CloudWatchClient> cloudWatch;

  /** Cloud Map is only asked where canaries are registered, CloudWatch where alarms are named. */
  SdkRolloutAws(
      EcsClient ecs,
      SsmClient ssm,
      EventBridgeClient events,
      Supplier<ServiceDiscoveryClient> cloudMap,
      Supplier<CloudWatchClient> cloudWatch) {
    super(ecs, events);
    this.ecs = ecs;
    this.ssm = ssm;
    this.cloudMap = cloudMap;
    this.cloudWatch = cloudWatch;
  }

  @Override
  public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    return cloudWatch.get().describeAlarms(request);
  }

  @Override
  public RunTaskResponse runTask(RunTaskRequest request) {
    return ecs.runTask(request);
  }

  @Override
  public StopTaskResponse stopTask(StopTaskRequest request) {
    return ecs.stopTask(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return ecs.tagResource(request);
  }

  @Override
  public ListInstancesResponse listInstances(ListInstancesRequest request) {
    return cloudMap.get().listInstances(request);
  }

  @Override
  public GetServiceResponse getService(GetServiceRequest request) {
    return cloudMap.get().getService(request);
  }

  @Override
  public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
    return ecs.listTaskDefinitions(request);
  }

  @Override
  public RegisterTaskDefinitionResponse registerTaskDefinition(
      RegisterTaskDefinitionRequest request) {
    return ecs.registerTaskDefinition(request);
  }

  @Override
  public DeregisterTaskDefinitionResponse deregisterTaskDefinition(
      DeregisterTaskDefinitionRequest request) {
    return ecs.deregisterTaskDefinition(request);
  }

  @Override
  public UpdateServiceResponse updateService(UpdateServiceRequest request) {
    return ecs.updateService(request);
  }

  @Override
  public DescribeParametersResponse describeParameters(DescribeParametersRequest request) {
    return ssm.describeParameters(request);
  }

  @Override
  public GetParametersResponse getParameters(GetParametersRequest request) {
    return ssm.getParameters(request);
  }

  @Override
  public GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request) {
    return ssm.getParameterHistory(request);
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ssm.listTagsForResource(request);
  }

  @Override
  public PutParameterResponse putParameter(PutParameterRequest request) {
    return ssm.putParameter(request);
  }

  @Override
  public DeleteParameterResponse deleteParameter(DeleteParameterRequest request) {
    return ssm.deleteParameter(request);
  }
}
