package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.SdkEcsReads;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;

/** The port over the SDK's clients: nothing but passing on. */
final class SdkStatusAws extends SdkEcsReads implements StatusAws {
  private final SsmClient ssm;
  private final Supplier<ServiceDiscoveryClient> cloudMap;

  /** Cloud Map is only asked where a service registers in it. */
  SdkStatusAws(EcsClient ecs, SsmClient ssm, Supplier<ServiceDiscoveryClient> cloudMap) {
    super(ecs);
    this.ssm = ssm;
    this.cloudMap = cloudMap;
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
  public ListInstancesResponse listInstances(ListInstancesRequest request) {
    return cloudMap.get().listInstances(request);
  }
}
