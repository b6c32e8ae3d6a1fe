package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Ecs;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.*;

/** Tags on services, tasks and task definitions, by ARN. */
final class TagsApi {
  private final Ecs ecs;

  TagsApi(Ecs ecs) {
    this.ecs = ecs;
  }

  void addTo(Operations operations) {
    operations
        .on("TagResource", TagResourceRequest::builder, this::tag)
        .on("UntagResource", UntagResourceRequest::builder, this::untag)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::list);
  }

  private TagResourceResponse tag(TagResourceRequest request) {
    ecs.tags().add(request.resourceArn(), request.tags());
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untag(UntagResourceRequest request) {
    ecs.tags().remove(request.resourceArn(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    List<Tag> tags = ecs.tags().of(request.resourceArn());
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }
}
