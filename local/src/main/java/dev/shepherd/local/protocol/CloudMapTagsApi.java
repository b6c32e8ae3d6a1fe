package dev.shepherd.local.protocol;

import dev.shepherd.local.world.CloudMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.servicediscovery.model.Tag;
import software.amazon.awssdk.services.servicediscovery.model.TagResourceRequest;
import software.amazon.awssdk.services.servicediscovery.model.TagResourceResponse;
import software.amazon.awssdk.services.servicediscovery.model.UntagResourceRequest;
import software.amazon.awssdk.services.servicediscovery.model.UntagResourceResponse;

/** Tags on Cloud Map's namespaces and services, by ARN. */
final class CloudMapTagsApi {
  private final CloudMap cloudMap;

  CloudMapTagsApi(CloudMap cloudMap) {
    this.cloudMap = cloudMap;
  }

  void addTo(Operations operations) {
    operations
        .on("TagResource", TagResourceRequest::builder, this::tag)
        .on("UntagResource", UntagResourceRequest::builder, this::untag)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::list);
  }

  private TagResourceResponse tag(TagResourceRequest request) {
    cloudMap.tags().add(request.resourceARN(), request.tags());
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untag(UntagResourceRequest request) {
    cloudMap.tags().of(request.resourceARN()).keySet().removeAll(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    Map<String, String> tags = cloudMap.tags().of(request.resourceARN());
    List<Tag> shown = tags.entrySet().stream()
        .map(each -> Tag.builder().key(each.getKey()).value(each.getValue()).build())
        .toList();
    return ListTagsForResourceResponse.builder().tags(shown).build();
  }
}
