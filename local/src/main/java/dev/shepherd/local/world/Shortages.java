package dev.shepherd.local.world;

import java.util.function.BiPredicate;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What tasks are denied when they start: access to secrets, images, capacity. At first nothing. */
final class Shortages {
  private BiPredicate<String, String> secrets = (roleArn, parameter) -> false;
  private Predicate<String> images = image -> false;
  private Predicate<TaskDefinition> capacity = definition -> false;

  void denySecrets(BiPredicate<String, String> denied) {
    secrets = denied;
  }

  void denyImages(Predicate<String> denied) {
    images = denied;
  }

  void denyCapacity(Predicate<TaskDefinition> denied) {
    capacity = denied;
  }

  /** Whether this execution role, empty where there is none, may not read this parameter. */
  boolean deniesSecret(String roleArn, String parameter) {
    return secrets.test(roleArn, parameter);
  }

  boolean deniesImage(String image) {
    return images.test(image);
  }

  boolean deniesCapacity(TaskDefinition definition) {
    return capacity.test(definition);
  }
}
