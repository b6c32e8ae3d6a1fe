package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.AwsFailure;
import software.amazon.awssdk.services.ecs.model.Failure;

/** What ECS's Describe calls say of names that they do not find, and of too many names. */
final class Missing {
  private Missing() {}

  /** {@code name} may be an ARN already; else it is completed to one. */
  static Failure of(String resource, String name) {
    String arn = name.startsWith("arn:") ? name : Arns.of("ecs", resource + name);
    return Failure.builder().arn(arn).reason("MISSING").build();
  }

  static void checkCount(String what, int count, int most) {
    if (count == 0) {
      throw AwsFailure.invalidParameter(what + " can not be empty.");
    }
    if (count > most) {
      throw AwsFailure.invalidParameter(what + " can have at most " + most + " items.");
    }
  }
}
