package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.TaskDefinitions;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.*;

/** Task definitions. */
final class TaskDefinitionsApi {
  private final TaskDefinitions definitions;

  TaskDefinitionsApi(Ecs ecs) {
    definitions = ecs.taskDefinitions();
  }

  void addTo(Operations operations) {
    operations
        .on("RegisterTaskDefinition", RegisterTaskDefinitionRequest::builder, this::register)
        .on("DescribeTaskDefinition", DescribeTaskDefinitionRequest::builder, this::describe)
        .on("DeregisterTaskDefinition", DeregisterTaskDefinitionRequest::builder, this::deregister)
        .on("ListTaskDefinitions", ListTaskDefinitionsRequest::builder, this::list)
        .on(
            "ListTaskDefinitionFamilies",
            ListTaskDefinitionFamiliesRequest::builder,
            this::families);
  }

  private RegisterTaskDefinitionResponse register(RegisterTaskDefinitionRequest request) {
    var answer =
        RegisterTaskDefinitionResponse.builder().taskDefinition(definitions.register(request));
    return request.tags().isEmpty()
        ? answer.build()
        : answer.tags(request.tags()).build();
  }

  private DescribeTaskDefinitionResponse describe(DescribeTaskDefinitionRequest request) {
    TaskDefinition definition = definitions
        .find(request.taskDefinition())
        .orElseThrow(() -> AwsFailure.client("Unable to describe task definition."));
    var answer = DescribeTaskDefinitionResponse.builder().taskDefinition(definition);
    return request.include().contains(TaskDefinitionField.TAGS)
        ? answer.tags(definitions.tags(definition.taskDefinitionArn())).build()
        : answer.build();
  }

  private DeregisterTaskDefinitionResponse deregister(DeregisterTaskDefinitionRequest request) {
    return DeregisterTaskDefinitionResponse.builder()
        .taskDefinition(definitions.deregister(request.taskDefinition()))
        .build();
  }

  private ListTaskDefinitionsResponse list(ListTaskDefinitionsRequest request) {
    TaskDefinitionStatus status =
        Optional.ofNullable(request.status()).orElse(TaskDefinitionStatus.ACTIVE);
    TreeMap<String, TaskDefinition> byKey = new TreeMap<>();
    definitions.all().stream()
        .filter(each -> each.status() == status)
        .filter(
            each -> request.familyPrefix() == null || each.family().equals(request.familyPrefix()))
        .forEach(each -> byKey.put(each.family() + " %09d".formatted(each.revision()), each));
    boolean descending = request.sort() == SortOrder.DESC;
    Page<TaskDefinition> page = Page.of(
        descending ? byKey.descendingMap() : byKey,
        each -> true,
        request.nextToken(),
        Page.size(request.maxResults(), 100, 100, EcsApi.INVALID),
        EcsApi.INVALID);
    return ListTaskDefinitionsResponse.builder()
        .taskDefinitionArns(
            page.items().stream().map(TaskDefinition::taskDefinitionArn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private ListTaskDefinitionFamiliesResponse families(ListTaskDefinitionFamiliesRequest request) {
    String prefix = Optional.ofNullable(request.familyPrefix()).orElse("");
    TreeMap<String, String> names = new TreeMap<>();
    definitions.families().forEach((name, revisions) -> {
      Predicate<TaskDefinition> active = each -> each.status() == TaskDefinitionStatus.ACTIVE;
      boolean isActive = revisions.values().stream().anyMatch(active);
      if (name.startsWith(prefix) && isWanted(request.status(), isActive)) {
        names.put(name, name);
      }
    });
    Page<String> page = Page.of(
        names,
        each -> true,
        request.nextToken(),
        Page.size(request.maxResults(), 100, 100, EcsApi.INVALID),
        EcsApi.INVALID);
    return ListTaskDefinitionFamiliesResponse.builder()
        .families(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean isWanted(TaskDefinitionFamilyStatus status, boolean active) {
    return status == null
        || status == TaskDefinitionFamilyStatus.ALL
        || (status == TaskDefinitionFamilyStatus.ACTIVE) == active;
  }
}
