package dev.shepherd.local.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * <a href= "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html">ECS
 * Task State Change</a>: much as DescribeTasks shows the task, with times as text and without any
 * health.
 */
final class TaskEvents {
  private final EventBus bus;
  private final VirtualClock clock;

  TaskEvents(EventBus bus, VirtualClock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  void publish(WorldTask world) {
    Task task = world.task();
    bus.publish("aws.ecs", "ECS Task State Change", List.of(task.taskArn()), detail(task));
  }

  private ObjectNode detail(Task task) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    ArrayNode attachments = detail.putArray("attachments");
    task.attachments().forEach(each -> attachment(attachments, each));
    ArrayNode attributes = detail.putArray("attributes");
    task.attributes()
        .forEach(
            each -> attributes.addObject().put("name", each.name()).put("value", each.value()));
    put(detail, "availabilityZone", task.availabilityZone());
    put(detail, "capacityProviderName", task.capacityProviderName());
    put(detail, "clusterArn", task.clusterArn());
    put(detail, "connectivity", task.connectivityAsString());
    times(detail, task);
    ArrayNode containers = detail.putArray("containers");
    task.containers().forEach(each -> container(containers.addObject(), each));
    put(detail, "containerInstanceArn", task.containerInstanceArn());
    put(detail, "cpu", task.cpu());
    put(detail, "memory", task.memory());
    put(detail, "desiredStatus", task.desiredStatus());
    put(detail, "lastStatus", task.lastStatus());
    detail.put("enableExecuteCommand", task.enableExecuteCommand());
    if (task.ephemeralStorage() != null) {
      detail
          .putObject("ephemeralStorage")
          .put("sizeInGiB", task.ephemeralStorage().sizeInGiB());
    }
    put(detail, "platformVersion", task.platformVersion());
    put(detail, "group", task.group());
    put(detail, "launchType", task.launchTypeAsString());
    overrides(detail.putObject("overrides").putArray("containerOverrides"), task);
    put(detail, "startedBy", task.startedBy());
    put(detail, "taskArn", task.taskArn());
    put(detail, "taskDefinitionArn", task.taskDefinitionArn());
    detail.put("version", task.version());
    put(detail, "stopCode", task.stopCodeAsString());
    put(detail, "stoppedReason", task.stoppedReason());
    return detail;
  }

  private void times(ObjectNode detail, Task task) {
    put(detail, "createdAt", task.createdAt());
    put(detail, "connectivityAt", task.connectivityAt());
    put(detail, "pullStartedAt", task.pullStartedAt());
    put(detail, "pullStoppedAt", task.pullStoppedAt());
    put(detail, "startedAt", task.startedAt());
    put(detail, "stoppingAt", task.stoppingAt());
    put(detail, "executionStoppedAt", task.executionStoppedAt());
    put(detail, "stoppedAt", task.stoppedAt());
    put(detail, "updatedAt", clock.instant());
  }

  private static void overrides(ArrayNode overrides, Task task) {
    task.containers().forEach(each -> overrides.addObject().put("name", each.name()));
  }

  private static void attachment(ArrayNode attachments, Attachment attachment) {
    ObjectNode json = attachments.addObject();
    json.put("id", attachment.id()).put("type", "eni").put("status", attachment.status());
    ArrayNode details = json.putArray("details");
    attachment
        .details()
        .forEach(each -> details.addObject().put("name", each.name()).put("value", each.value()));
  }

  private static void container(ObjectNode json, Container container) {
    put(json, "containerArn", container.containerArn());
    if (container.exitCode() != null) {
      json.put("exitCode", container.exitCode());
    }
    put(json, "lastStatus", container.lastStatus());
    put(json, "name", container.name());
    put(json, "image", container.image());
    put(json, "imageDigest", container.imageDigest());
    put(json, "runtimeId", container.runtimeId());
    put(json, "reason", container.reason());
    put(json, "taskArn", container.taskArn());
    bindings(json, container);
    ArrayNode interfaces = json.putArray("networkInterfaces");
    container
        .networkInterfaces()
        .forEach(each -> interfaces
            .addObject()
            .put("attachmentId", each.attachmentId())
            .put("privateIpv4Address", each.privateIpv4Address()));
    put(json, "cpu", container.cpu());
    put(json, "memory", container.memory());
  }

  private static void bindings(ObjectNode json, Container container) {
    container
        .networkBindings()
        .forEach(each -> json.withArray("/networkBindings")
            .addObject()
            .put("bindIP", each.bindIP())
            .put("containerPort", each.containerPort())
            .put("hostPort", each.hostPort())
            .put("protocol", each.protocolAsString()));
  }

  private static void put(ObjectNode json, String name, @Nullable Object value) {
    if (value instanceof Instant || value instanceof String) {
      json.put(name, value.toString());
    }
  }
}
