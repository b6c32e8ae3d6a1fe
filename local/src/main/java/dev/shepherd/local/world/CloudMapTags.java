package dev.shepherd.local.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/** Tags on Cloud Map's namespaces and services, by ARN, up to 50 on each. */
public final class CloudMapTags {
  private static final int MOST = 50;

  private final Map<String, Map<String, String>> byArn = new HashMap<>();

  /** From now on there is something of this ARN. */
  void made(String arn) {
    byArn.put(arn, new TreeMap<>());
  }

  void forget(String arn) {
    byArn.remove(arn);
  }

  /** By key; changes show. ResourceNotFoundException. */
  public Map<String, String> of(String arn) {
    return Optional.ofNullable(byArn.get(arn))
        .orElseThrow(
            () -> AwsFailure.refused("ResourceNotFoundException", "Resource not found: " + arn));
  }

  /** Sets tags; those with other keys stay. */
  public void add(String arn, List<Tag> added) {
    Map<String, String> after = new TreeMap<>(of(arn));
    added.forEach(tag -> after.put(tag.key(), tag.value()));
    if (after.size() > MOST) {
      throw AwsFailure.refused("TooManyTagsException", "A resource has at most " + MOST + " tags.");
    }
    of(arn).putAll(after);
  }
}
