package dev.shepherd.local.world;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * What to start: by a service's deployment or by RunTask.
 *
 * @param subnets of the awsvpc configuration; the first stands in zone a, the second in zone b …
 */
record TaskOrder(
    WorldCluster cluster,
    TaskDefinition definition,
    Optional<WorldDeployment> deployment,
    String group,
    Optional<String> startedBy,
    List<String> subnets,
    LaunchType launchType,
    Optional<String> capacityProvider,
    Optional<String> platformVersion,
    List<Tag> tags,
    TaskOverride overrides) {}
