package dev.shepherd.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.Ecs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What AWS asks IAM about ECS's calls. */
final class EcsAsks {
  private static final String CLUSTER = "ecs:cluster";

  private final Ecs ecs;

  EcsAsks(Ecs ecs) {
    this.ecs = ecs;
  }

  List<Ask> of(String operation, JsonNode request) {
    return switch (operation) {
      case "ecs:DescribeTaskDefinition",
          "ecs:DeregisterTaskDefinition",
          "ecs:ListTaskDefinitions" -> List.of(Ask.of(operation, "*"));
      case "ecs:ListServices", "ecs:ListTasks" ->
        List.of(Ask.of(operation, "*").with(CLUSTER, clusterArn(request)));
      case "ecs:DescribeServices" -> each(operation, "service", request, request.path("services"));
      case "ecs:DescribeTasks" -> each(operation, "task", request, request.path("tasks"));
      case "ecs:DescribeContainerInstances" ->
        each(operation, "container-instance", request, request.path("containerInstances"));
      case "ecs:UpdateService" ->
        all(tags(one(operation, "service", request, request.path("service"))), roles(request));
      case "ecs:StopTask" -> List.of(stopped(operation, request));
      case "ecs:TagResource" -> List.of(tagged(request));
      case "ecs:RegisterTaskDefinition" -> registered(operation, request);
      case "ecs:RunTask" -> run(operation, request);
      default -> throw new IllegalArgumentException("what IAM is asked of " + operation + "?");
    };
  }

  private static String cluster(JsonNode request) {
    return Asks.last(Ecs.named(request.path("cluster").asText(null)));
  }

  private static String clusterArn(JsonNode request) {
    return Arns.of("ecs", "cluster/" + cluster(request));
  }

  private List<Ask> each(String action, String type, JsonNode request, JsonNode ids) {
    return Asks.items(ids).map(id -> one(action, type, request, id)).toList();
  }

  private static Ask one(String action, String type, JsonNode request, JsonNode id) {
    return Ask.of(
            action, Arns.of("ecs", type + "/" + cluster(request) + "/" + Asks.last(id.asText())))
        .with(CLUSTER, clusterArn(request));
  }

  private Ask stopped(String action, JsonNode request) {
    return tags(one(action, "task", request, request.path("task")));
  }

  private Ask tagged(JsonNode request) {
    Ask ask = tags(Ask.of("ecs:TagResource", request.path("resourceArn").asText()));
    return ask.with("aws:TagKeys", keys(request));
  }

  private static List<String> keys(JsonNode request) {
    return Asks.items(request.path("tags")).map(tag -> tag.path("key").asText()).toList();
  }

  /** With the tags that the resource has. */
  private Ask tags(Ask ask) {
    Ask tagged = ask;
    for (Map.Entry<String, String> tag : tagsOf(ask.resource()).entrySet()) {
      tagged = tagged.with("aws:ResourceTag/" + tag.getKey(), tag.getValue());
    }
    return tagged;
  }

  private Map<String, String> tagsOf(String arn) {
    String[] parts = arn.split("/", -1);
    return Stream.of(arn)
        .filter(named -> named.contains(":task/") || named.contains(":service/"))
        .flatMap(named -> ecs.findCluster(parts[1]).stream())
        .flatMap(cluster -> arn.contains(":task/")
            ? ecs.findTask(cluster, parts[2]).stream().flatMap(task -> task.task().tags().stream())
            : Stream.ofNullable(cluster.services().get(parts[2]))
                .flatMap(service -> service.settings().tags().stream()))
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  /** With the tags that what is made is to have. */
  private static Ask given(Ask ask, JsonNode request) {
    Ask given = ask;
    for (JsonNode tag : request.path("tags")) {
      given = given.with(
          "aws:RequestTag/" + tag.path("key").asText(), tag.path("value").asText());
    }
    return given;
  }

  /** Tags given to what is made ask for TagResource too. */
  private static List<Ask> registered(String action, JsonNode request) {
    String arn = Arns.of("ecs", "task-definition/" + request.path("family").asText() + ":*");
    Stream<String> roles = Stream.of(
        request.path("taskRoleArn").asText(), request.path("executionRoleArn").asText());
    return all(
        given(Ask.of(action, arn), request),
        Stream.concat(created(arn, "RegisterTaskDefinition", request), passed(roles)));
  }

  private List<Ask> run(String action, JsonNode request) {
    String arn = definition(request)
        .map(TaskDefinition::taskDefinitionArn)
        .findFirst()
        .orElseGet(() -> Arns.of("ecs", "task-definition/unknown:1"));
    String tasks = Arns.of("ecs", "task/" + cluster(request) + "/*");
    return all(
        given(Ask.of(action, arn).with(CLUSTER, clusterArn(request)), request),
        Stream.concat(created(tasks, "RunTask", request), roles(request)));
  }

  private static Stream<Ask> created(String arn, String by, JsonNode request) {
    List<String> keys = keys(request);
    return keys.isEmpty()
        ? Stream.of()
        : Stream.of(
            Ask.of("ecs:TagResource", arn).with("ecs:CreateAction", by).with("aws:TagKeys", keys));
  }

  /** The roles of the definition that a request names are handed to its tasks. */
  private Stream<Ask> roles(JsonNode request) {
    return passed(definition(request)
        .flatMap(named -> Stream.of(named.taskRoleArn(), named.executionRoleArn())));
  }

  private Stream<TaskDefinition> definition(JsonNode request) {
    return Stream.of(request.path("taskDefinition").asText())
        .filter(name -> !name.isEmpty())
        .flatMap(name -> ecs.taskDefinitions().find(name).stream());
  }

  private static Stream<Ask> passed(Stream<String> roles) {
    return roles
        .filter(Objects::nonNull)
        .filter(role -> !role.isEmpty())
        .map(role ->
            Ask.of("iam:PassRole", role).with("iam:PassedToService", "ecs-tasks.amazonaws.com"));
  }

  private static List<Ask> all(Ask first, Stream<Ask> more) {
    return Stream.concat(Stream.of(first), more).toList();
  }
}
