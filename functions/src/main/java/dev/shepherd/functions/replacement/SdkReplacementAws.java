package dev.shepherd.functions.replacement;

import dev.shepherd.functions.aws.SdkReads;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** The port over the SDK's clients: nothing but passing on. */
final class SdkReplacementAws extends SdkReads implements ReplacementAws {
  private final EcsClient ecs;
  private final SsmClient ssm;

  SdkReplacementAws(EcsClient ecs, SsmClient ssm, EventBridgeClient events) {
    super(ecs, events);
    this.ecs = ecs;
    this.ssm = ssm;
  }

  @Override
  public StopTaskResponse stopTask(StopTaskRequest request) {
    return ecs.stopTask(request);
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
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ssm.listTagsForResource(request);
  }

  @Override
  public PutParameterResponse putParameter(PutParameterRequest request) {
    return ssm.putParameter(request);
  }
}
