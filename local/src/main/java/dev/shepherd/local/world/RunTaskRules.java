package dev.shepherd.local.world;

import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The obvious among what <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html">RunTask</a>
 * refuses.
 */
final class RunTaskRules {
  private static final Pattern STARTED_BY = Pattern.compile("[a-zA-Z0-9/_-]{1,128}");

  private RunTaskRules() {}

  static void check(RunTaskRequest request, TaskDefinition definition, LaunchType launchType) {
    if (request.launchType() != null && request.hasCapacityProviderStrategy()) {
      throw AwsFailure.invalidParameter(
          "Specifying both a launch type and capacity provider strategy is not supported. Remove"
              + " one and try again.");
    }
    if (launchType == LaunchType.FARGATE
        && !definition.compatibilities().contains(Compatibility.FARGATE)) {
      throw AwsFailure.invalidParameter("Task definition does not support launch_type FARGATE.");
    }
    if (launchType != LaunchType.FARGATE && request.platformVersion() != null) {
      throw AwsFailure.invalidParameter(
          "The platform version must be null when specifying an EC2 launch type.");
    }
    if (request.startedBy() != null && !STARTED_BY.matcher(request.startedBy()).matches()) {
      throw AwsFailure.invalidParameter("The value for startedBy is not valid.");
    }
    TaskDefinitionRules.checkTags(request.tags());
    checkOverrides(request, definition);
  }

  private static void checkOverrides(RunTaskRequest request, TaskDefinition definition) {
    if (request.overrides() == null) {
      return;
    }
    List<String> names = definition.containerDefinitions().stream()
        .map(ContainerDefinition::name)
        .toList();
    for (ContainerOverride override : request.overrides().containerOverrides()) {
      if (override.name() == null || !names.contains(override.name())) {
        throw AwsFailure.invalidParameter(
            "Override for container named %s is not a container in the TaskDefinition."
                .formatted(override.name()));
      }
    }
  }
}
