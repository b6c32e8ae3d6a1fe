package dev.shepherd.local.world;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** The obvious among what RegisterTaskDefinition refuses. */
final class TaskDefinitionRules {
  private static final Pattern FAMILY = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
  private static final Pattern PARAMETER_NAME = Pattern.compile("[a-zA-Z0-9_.\\-/]{1,2048}");
  private static final int MAX_TAGS = 50;
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private TaskDefinitionRules() {}

  static void check(RegisterTaskDefinitionRequest request) {
    if (request.family() == null || !FAMILY.matcher(request.family()).matches()) {
      throw AwsFailure.client("Family contains invalid characters.");
    }
    if (request.containerDefinitions().isEmpty()) {
      throw AwsFailure.client("Container list cannot be empty.");
    }
    Set<String> names = new HashSet<>();
    for (ContainerDefinition container : request.containerDefinitions()) {
      checkContainer(container, request);
      if (!names.add(container.name())) {
        throw AwsFailure.client("Container names must be unique: " + container.name());
      }
    }
    if (request.containerDefinitions().stream()
        .allMatch(each -> Boolean.FALSE.equals(each.essential()))) {
      throw AwsFailure.client("Task definition does not have any essential container.");
    }
    if (request.requiresCompatibilities().contains(Compatibility.FARGATE)) {
      checkFargate(request);
    }
    checkTags(request.tags());
  }

  private static void checkContainer(
      ContainerDefinition container, RegisterTaskDefinitionRequest request) {
    if (container.name() == null || container.name().isEmpty()) {
      throw AwsFailure.client("Container.name should not be null or empty.");
    }
    if (container.image() == null || container.image().isEmpty()) {
      throw AwsFailure.client("Container.image should not be null or empty.");
    }
    if (request.memory() == null
        && container.memory() == null
        && container.memoryReservation() == null) {
      throw AwsFailure.client(
          "Invalid setting for container '%s'. At least one of 'memory' or 'memoryReservation' must be specified."
              .formatted(container.name()));
    }
    for (Secret secret : container.secrets()) {
      checkSecret(secret, request);
    }
  }

  private static void checkSecret(Secret secret, RegisterTaskDefinitionRequest request) {
    if (request.executionRoleArn() == null) {
      throw AwsFailure.client(
          "When you are specifying container secrets, you must also specify a value for"
              + " 'executionRoleArn'.");
    }
    String from = secret.valueFrom() == null ? "" : secret.valueFrom();
    if (!from.startsWith("arn:") && !PARAMETER_NAME.matcher(from).matches()) {
      throw AwsFailure.client(
          "The Systems Manager parameter name specified for secret %s is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-,"
              .formatted(secret.name()));
    }
  }

  private static void checkFargate(RegisterTaskDefinitionRequest request) {
    if (request.networkMode() != NetworkMode.AWSVPC) {
      throw AwsFailure.client("Fargate only supports network mode ‘awsvpc’.");
    }
    if (request.cpu() == null || request.memory() == null) {
      throw AwsFailure.client(
          "Fargate requires that 'cpu' and 'memory' be defined at the task level.");
    }
  }

  /** Whether a network is given where the definition needs one, and only there. */
  static void checkNetwork(TaskDefinition definition, boolean given) {
    boolean needed = definition.networkMode() == NetworkMode.AWSVPC;
    if (needed && !given) {
      throw AwsFailure.invalidParameter(
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    if (!needed && given) {
      throw AwsFailure.invalidParameter(
          "Network Configuration is not valid for the given networkMode of this task definition.");
    }
  }

  /**
   * The rules for <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html">tags</a> on
   * anything of ECS, as a caller gives them.
   */
  static void checkTags(List<Tag> tags) {
    checkTagCount(tags);
    for (Tag tag : tags) {
      if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > 128) {
        throw AwsFailure.invalidParameter("A tag key has 1 to 128 characters.");
      }
      if (isAwsOwn(tag)) {
        throw AwsFailure.invalidParameter(
            "The tag key '" + tag.key() + "' is reserved: 'aws:' prefixed tags cannot be set.");
      }
      String value = tag.value() == null ? "" : tag.value();
      if (value.length() > 256) {
        throw AwsFailure.invalidParameter("A tag value has up to 256 characters.");
      }
      if (!TAG.matcher(tag.key() + value).matches()) {
        throw AwsFailure.invalidParameter("A tag has characters that are not allowed.");
      }
    }
  }

  /** AWS's own tags do not count. */
  static void checkTagCount(List<Tag> tags) {
    if (tags.stream().filter(tag -> !isAwsOwn(tag)).count() > MAX_TAGS) {
      throw AwsFailure.invalidParameter(
          "The number of tags exceeds the limit of " + MAX_TAGS + ".");
    }
  }

  private static boolean isAwsOwn(Tag tag) {
    return tag.key() != null && tag.key().startsWith("aws:");
  }
}
