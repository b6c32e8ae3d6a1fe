package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** What a deployment or a RunTask call asks to start. */
final class TaskOrders {
  private final TaskDefinitions definitions;

  TaskOrders(TaskDefinitions definitions) {
    this.definitions = definitions;
  }

  TaskOrder of(WorldDeployment deployment) {
    Service settings = deployment.settings();
    Optional<String> provider = provider(settings.capacityProviderStrategy());
    return new TaskOrder(
        deployment.service().cluster(),
        deployment.definition(),
        Optional.of(deployment),
        "service:" + settings.serviceName(),
        Optional.of(deployment.id()),
        subnets(Optional.ofNullable(settings.networkConfiguration())),
        launchType(Optional.ofNullable(settings.launchType()), provider),
        provider,
        Optional.ofNullable(settings.platformVersion()),
        tags(deployment),
        overrides(deployment.definition(), Optional.empty()));
  }

  private List<Tag> tags(WorldDeployment deployment) {
    WorldService service = deployment.service();
    Service settings = service.settings();
    List<Tag> tags = new ArrayList<>();
    if (settings.propagateTags() == PropagateTags.SERVICE) {
      tags.addAll(settings.tags());
    }
    if (settings.propagateTags() == PropagateTags.TASK_DEFINITION) {
      tags.addAll(definitions.tags(deployment.definition().taskDefinitionArn()));
    }
    if (Boolean.TRUE.equals(settings.enableECSManagedTags())) {
      tags.add(tag("aws:ecs:clusterName", service.cluster().name()));
      tags.add(tag("aws:ecs:serviceName", service.name()));
    }
    return tags;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  TaskOrder of(WorldCluster cluster, RunTaskRequest request) {
    TaskDefinition definition = definitions.active(request.taskDefinition());
    TaskDefinitionRules.checkNetwork(definition, request.networkConfiguration() != null);
    Optional<String> provider = provider(request.capacityProviderStrategy());
    LaunchType launchType = launchType(request);
    RunTaskRules.check(request, definition, launchType);
    List<Tag> tags = new ArrayList<>(request.tags());
    if (request.propagateTags() == PropagateTags.TASK_DEFINITION) {
      tags.addAll(definitions.tags(definition.taskDefinitionArn()));
    }
    return new TaskOrder(
        cluster,
        definition,
        Optional.empty(),
        Optional.ofNullable(request.group()).orElse("family:" + definition.family()),
        Optional.ofNullable(request.startedBy()),
        subnets(Optional.ofNullable(request.networkConfiguration())),
        launchType,
        provider,
        Optional.ofNullable(request.platformVersion()),
        tags,
        overrides(definition, Optional.ofNullable(request.overrides())));
  }

  static LaunchType launchType(RunTaskRequest request) {
    return launchType(
        Optional.ofNullable(request.launchType()), provider(request.capacityProviderStrategy()));
  }

  private static Optional<String> provider(List<CapacityProviderStrategyItem> strategy) {
    return strategy.stream().findFirst().map(CapacityProviderStrategyItem::capacityProvider);
  }

  private static LaunchType launchType(Optional<LaunchType> given, Optional<String> provider) {
    return provider
        .map(name -> name.startsWith("FARGATE") ? LaunchType.FARGATE : LaunchType.EC2)
        .or(() -> given)
        .orElse(LaunchType.EC2);
  }

  private static List<String> subnets(Optional<NetworkConfiguration> network) {
    return network
        .map(NetworkConfiguration::awsvpcConfiguration)
        .map(each -> each.subnets())
        .orElse(List.of());
  }

  /** As the API shows them: one for each container, empty where none was given. */
  private static TaskOverride overrides(TaskDefinition definition, Optional<TaskOverride> given) {
    Map<String, ContainerOverride> byName = new LinkedHashMap<>();
    definition
        .containerDefinitions()
        .forEach(each -> byName.put(
            each.name(), ContainerOverride.builder().name(each.name()).build()));
    given.ifPresent(
        task -> task.containerOverrides().forEach(each -> byName.put(each.name(), each)));
    return given
        .map(TaskOverride::toBuilder)
        .orElseGet(TaskOverride::builder)
        .containerOverrides(byName.values())
        .build();
  }
}
