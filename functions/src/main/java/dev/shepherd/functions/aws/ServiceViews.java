package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Turns what ECS answers into the planners' words. */
public final class ServiceViews {
  private ServiceViews() {}

  static ServiceState state(String cluster, Service service, TaskDefinitionState definition) {
    return new ServiceState(
        new ServiceName(cluster, service.serviceName()),
        definition,
        service.desiredCount(),
        service.runningCount(),
        service.deployments().stream().map(ServiceViews::state).toList(),
        owner(service),
        Optional.empty());
  }

  private static ServiceState.Owner owner(Service service) {
    boolean ownController = Optional.ofNullable(service.deploymentController())
        .map(DeploymentController::type)
        .map(DeploymentControllerType.ECS::equals)
        .orElse(true);
    if (!ownController) {
      return ServiceState.Owner.OTHER_CONTROLLER;
    }
    boolean taggedOut = service.tags().stream()
        .anyMatch(tag -> tag.key().equals("shepherd:managed") && tag.value().equals("false"));
    return taggedOut ? ServiceState.Owner.TAGGED_OUT : ServiceState.Owner.SHEPHERD;
  }

  /** The deployment that ECS is going to, of a service under ECS's own controller. */
  public static DeploymentState primary(Service service) {
    return service.deployments().stream()
        .map(ServiceViews::state)
        .filter(DeploymentState::primary)
        .findFirst()
        .orElseThrow(
            () -> new ReconcileException(service.serviceArn() + " has no primary deployment"));
  }

  /** A deployment; one without a rollout state counts as in progress. */
  public static DeploymentState state(Deployment deployment) {
    return new DeploymentState(
        deployment.id(),
        "PRIMARY".equals(deployment.status()),
        deployment.taskDefinition(),
        switch (deployment.rolloutState()) {
          case COMPLETED -> DeploymentState.Progress.COMPLETED;
          case FAILED -> DeploymentState.Progress.FAILED;
          case IN_PROGRESS, UNKNOWN_TO_SDK_VERSION -> DeploymentState.Progress.IN_PROGRESS;
          case null -> DeploymentState.Progress.IN_PROGRESS;
        },
        deployment.createdAt());
  }

  static TaskState state(Task task) {
    return new TaskState(
        task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1),
        task.taskDefinitionArn(),
        Optional.ofNullable(task.startedBy()).orElse(""),
        "RUNNING".equals(task.lastStatus()) && "RUNNING".equals(task.desiredStatus()),
        Optional.ofNullable(task.startedAt()),
        task.containers().stream().map(ServiceViews::state).toList());
  }

  private static ContainerState state(Container container) {
    HealthStatus health =
        Optional.ofNullable(container.healthStatus()).orElse(HealthStatus.UNKNOWN);
    return new ContainerState(
        container.name(),
        "RUNNING".equals(container.lastStatus()),
        switch (health) {
          case HEALTHY -> ContainerState.Health.HEALTHY;
          case UNHEALTHY -> ContainerState.Health.UNHEALTHY;
          case UNKNOWN, UNKNOWN_TO_SDK_VERSION -> ContainerState.Health.UNKNOWN;
        },
        Optional.ofNullable(container.imageDigest()));
  }
}
