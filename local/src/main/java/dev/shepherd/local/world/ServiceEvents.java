package dev.shepherd.local.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/**
 * What ECS tells of services: <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html">ECS
 * Deployment State Change</a> and <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html">ECS Service
 * Action</a> on the bus, and the messages that DescribeServices shows.
 */
final class ServiceEvents {
  private final EventBus bus;
  private final VirtualClock clock;
  private final Ids ids;

  ServiceEvents(EventBus bus, VirtualClock clock, Ids ids) {
    this.bus = bus;
    this.clock = clock;
    this.ids = ids;
  }

  void inProgress(WorldDeployment deployment) {
    String reason = "ECS deployment " + deployment.id() + " in progress.";
    publish(deployment, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS", reason);
  }

  void completed(WorldDeployment deployment) {
    String reason = "ECS deployment " + deployment.id() + " completed.";
    publish(deployment, "INFO", "SERVICE_DEPLOYMENT_COMPLETED", reason);
    say(deployment.service(), "(deployment " + deployment.id() + ") deployment completed.");
  }

  void failed(WorldDeployment deployment) {
    String reason = "ECS deployment circuit breaker: tasks failed to start.";
    publish(deployment, "ERROR", "SERVICE_DEPLOYMENT_FAILED", reason);
    say(
        deployment.service(),
        "(deployment " + deployment.id() + ") deployment failed: tasks failed to start.");
  }

  void rollingBack(WorldDeployment to) {
    String reason = "ECS deployment circuit breaker: rolling back to deploymentId " + to.id() + ".";
    publish(to, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS", reason);
    say(to.service(), "rolling back to deployment " + to.id() + ".");
  }

  private void publish(WorldDeployment deployment, String type, String name, String reason) {
    deployment.edit(each -> each.rolloutStateReason(reason).updatedAt(clock.instant()));
    ObjectNode detail = detail(type, name);
    detail.put("deploymentId", deployment.id());
    detail.put("updatedAt", clock.instant().toString());
    detail.put("reason", reason);
    String service = deployment.service().arn();
    bus.publish("aws.ecs", "ECS Deployment State Change", List.of(service), detail);
  }

  void steady(WorldService service) {
    action(service, "INFO", "SERVICE_STEADY_STATE");
    say(service, "has reached a steady state.");
  }

  void startImpaired(WorldService service) {
    action(service, "WARN", "SERVICE_TASK_START_IMPAIRED");
    say(service, "is unable to consistently start tasks successfully.");
  }

  void unplaced(WorldService service) {
    boolean fargate = service.isOnFargate();
    ObjectNode detail = detail("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE");
    action(service, detail.put("reason", fargate ? "RESOURCE:FARGATE" : "RESOURCE:CPU"));
    say(
        service,
        fargate
            ? "was unable to place a task. Reason: " + TaskFactory.NO_FARGATE_CAPACITY + "."
            : "was unable to place a task because no container instance met all of its requirements.");
  }

  private void action(WorldService service, String type, String name) {
    action(service, detail(type, name));
  }

  private void action(WorldService service, ObjectNode detail) {
    detail.put("clusterArn", service.cluster().arn());
    detail.put("createdAt", clock.instant().toString());
    bus.publish("aws.ecs", "ECS Service Action", List.of(service.arn()), detail);
  }

  private static ObjectNode detail(String type, String name) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    return detail.put("eventType", type).put("eventName", name);
  }

  /** Adds to what DescribeServices shows. */
  void say(WorldService service, String text) {
    service.say(ServiceEvent.builder()
        .id(ids.uuid())
        .createdAt(clock.instant())
        .message("(service " + service.name() + ") " + text)
        .build());
  }
}
