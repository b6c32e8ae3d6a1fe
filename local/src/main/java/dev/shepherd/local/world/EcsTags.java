package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Tags on what has an ARN in ECS: clusters, services, tasks, task definitions. */
public final class EcsTags {
  private final Ecs ecs;

  EcsTags(Ecs ecs) {
    this.ecs = ecs;
  }

  /**
   * The task has stopped: <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html">StopTask</a>
   * deletes its tags. AWS does not say when; here they last until it has stopped.
   */
  static void stopped(WorldTask task) {
    if (task.task().stopCode() == TaskStopCode.USER_INITIATED) {
      task.edit(each -> each.tags(List.of()));
    }
  }

  /** Sets tags; those with other keys stay. */
  public void add(String arn, List<Tag> tags) {
    TaskDefinitionRules.checkTags(tags);
    List<String> keys = tags.stream().map(Tag::key).toList();
    change(arn, before -> {
      List<Tag> after = without(before, keys);
      after.addAll(tags);
      TaskDefinitionRules.checkTagCount(after);
      return after;
    });
  }

  public void remove(String arn, List<String> keys) {
    change(arn, before -> without(before, keys));
  }

  private static List<Tag> without(List<Tag> tags, List<String> keys) {
    List<Tag> rest = new ArrayList<>(tags);
    rest.removeIf(tag -> keys.contains(tag.key()));
    return rest;
  }

  public List<Tag> of(String arn) {
    return change(arn, before -> before);
  }

  private List<Tag> change(String arn, UnaryOperator<List<Tag>> change) {
    String[] parts = arn.substring(arn.lastIndexOf(':') + 1).split("/", -1);
    if (arn.contains(":task-definition/")) {
      return changeDefinition(arn, change);
    }
    if (parts[0].equals("cluster") && parts.length == 2) {
      WorldCluster cluster = ecs.cluster(parts[1]);
      cluster.tag(change.apply(cluster.tags()));
      return cluster.tags();
    }
    if (parts.length != 3) {
      throw AwsFailure.invalidParameter("Long arn format must be used for tagging operations");
    }
    WorldCluster cluster = ecs.cluster(parts[1]);
    return switch (parts[0]) {
      case "service" -> {
        WorldService service = ecs.service(cluster, parts[2]);
        List<Tag> after = change.apply(service.settings().tags());
        service.edit(each -> each.tags(after));
        yield after;
      }
      case "task" -> {
        WorldTask task = ecs.findTask(cluster, parts[2]).orElseThrow(EcsTags::notFound);
        if (task.lastStatus().equals("STOPPED")) {
          throw AwsFailure.invalidParameter(
              "The specified task is stopped. Specify a running task and try again.");
        }
        List<Tag> after = change.apply(task.task().tags());
        task.edit(each -> each.tags(after));
        ecs.sight().changed(task.arn(), task::task);
        yield after;
      }
      default -> throw notFound();
    };
  }

  private List<Tag> changeDefinition(String arn, UnaryOperator<List<Tag>> change) {
    TaskDefinitions definitions = ecs.taskDefinitions();
    if (definitions.find(arn).isEmpty()) {
      throw notFound();
    }
    List<Tag> after = change.apply(definitions.tags(arn));
    definitions.tags(arn, after);
    return after;
  }

  private static AwsFailure notFound() {
    return AwsFailure.invalidParameter("The specified resource was not found.");
  }
}
