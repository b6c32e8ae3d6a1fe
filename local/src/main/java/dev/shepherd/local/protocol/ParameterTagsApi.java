package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.ParameterTagRules;
import dev.shepherd.local.world.StoredParameter;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.*;

/** Systems Manager's tags, on parameters alone. */
final class ParameterTagsApi {
  private final ParameterStore store;

  ParameterTagsApi(ParameterStore store) {
    this.store = store;
  }

  void addTo(Operations operations) {
    operations
        .on("AddTagsToResource", AddTagsToResourceRequest::builder, this::addTags)
        .on("RemoveTagsFromResource", RemoveTagsFromResourceRequest::builder, this::removeTags)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::tags);
  }

  private StoredParameter tagged(ResourceTypeForTagging type, String name) {
    if (type != ResourceTypeForTagging.PARAMETER) {
      throw AwsFailure.refused("InvalidResourceType", "Only parameters are here, not " + type);
    }
    return store
        .find(name)
        .orElseThrow(() -> AwsFailure.refused(
            "InvalidResourceId", "The resource ID \"" + name + "\" is not valid."));
  }

  private AddTagsToResourceResponse addTags(AddTagsToResourceRequest request) {
    StoredParameter parameter = tagged(request.resourceType(), request.resourceId());
    ParameterTagRules.check(parameter.tags().keySet(), request.tags());
    request.tags().forEach(tag -> parameter.tags().put(tag.key(), tag.value()));
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse removeTags(RemoveTagsFromResourceRequest request) {
    tagged(request.resourceType(), request.resourceId())
        .tags()
        .keySet()
        .removeAll(request.tagKeys());
    return RemoveTagsFromResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse tags(ListTagsForResourceRequest request) {
    List<Tag> tags = new ArrayList<>();
    tagged(request.resourceType(), request.resourceId())
        .tags()
        .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
    return ListTagsForResourceResponse.builder().tagList(tags).build();
  }
}
