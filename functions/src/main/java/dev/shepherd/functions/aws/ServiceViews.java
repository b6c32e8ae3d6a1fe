package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.Scheduling;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.Task;

/** Turns what ECS answers into the planners' words. */
public final class ServiceViews {
  private static final String PRIMARY = "PRIMARY";

  private ServiceViews() {}

  static ServiceState state(String cluster, Service service, TaskDefinitionState definition) {
    return new ServiceState(
        new ServiceName(cluster, service.serviceName()),
        definition,
        service.desiredCount(),
        service.runningCount(),
        deployments(service),
        scheduling(service),
        service.serviceRegistries().stream().map(ServiceRegistry::registryArn).findFirst(),
        tag(service, "shepherd:canary").filter("true"::equalsIgnoreCase).isPresent(),
        alarms(service),
        owner(service),
        Optional.empty());
  }

  private static Scheduling scheduling(Service service) {
    return new Scheduling(
        service.schedulingStrategy() == SchedulingStrategy.DAEMON,
        Optional.ofNullable(service.deploymentConfiguration())
            .flatMap(deployment -> Optional.ofNullable(deployment.maximumPercent()))
            .orElse(Scheduling.USUAL.maximumPercent()),
        Optional.ofNullable(service.healthCheckGracePeriodSeconds())
            .map(Duration::ofSeconds)
            .orElse(Scheduling.USUAL.healthGrace()));
  }

  private static ServiceState.Owner owner(Service service) {
    boolean ownController = Optional.ofNullable(service.deploymentController())
        .map(DeploymentController::type)
        .map(DeploymentControllerType.ECS::equals)
        .orElse(true);
    long primaries = service.deployments().stream()
        .filter(deployment -> PRIMARY.equals(deployment.status()))
        .count();
    if (!ownController || primaries != 1) {
      return ServiceState.Owner.OTHER_CONTROLLER;
    }
    boolean taggedOut =
        tag(service, "shepherd:managed").filter("false"::equalsIgnoreCase).isPresent();
    return taggedOut ? ServiceState.Owner.TAGGED_OUT : ServiceState.Owner.SHEPHERD;
  }

  private static Optional<String> tag(Service service, String key) {
    return service.tags().stream()
        .filter(tag -> tag.key().equals(key))
        .map(tag -> tag.value().strip())
        .findFirst();
  }

  /**
   * A comma <a href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html">may
   * not stand in a tag's value</a>, so a plus parts names as well.
   */
  private static List<String> alarms(Service service) {
    return tag(service, "shepherd:alarms").stream()
        .flatMap(names -> Arrays.stream(names.split("[,+]", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** The deployment that ECS is going to, of a service under ECS's own controller. */
  public static DeploymentState primary(Service service) {
    return deployments(service).stream()
        .filter(DeploymentState::primary)
        .findFirst()
        .orElseThrow(
            () -> new ReconcileException(service.serviceArn() + " has no primary deployment"));
  }

  /** A service's deployments, the primary and those that it replaces. */
  public static List<DeploymentState> deployments(Service service) {
    Duration ownTime =
        NativeStrategy.ownTime(Optional.ofNullable(service.deploymentConfiguration()));
    return service.deployments().stream()
        .map(deployment -> new DeploymentState(
            deployment.id(),
            PRIMARY.equals(deployment.status()),
            deployment.taskDefinition(),
            progress(service, deployment),
            deployment.createdAt(),
            ownTime))
        .toList();
  }

  /**
   * <a href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html">Behind
   * a Classic Load Balancer</a> there is no rollout state; then the counts say it.
   */
  private static DeploymentState.Progress progress(Service service, Deployment deployment) {
    boolean settled = service.deployments().size() == 1
        && service.pendingCount() == 0
        && service.runningCount().equals(service.desiredCount());
    return switch (deployment.rolloutState()) {
      case COMPLETED -> DeploymentState.Progress.COMPLETED;
      case FAILED -> DeploymentState.Progress.FAILED;
      case IN_PROGRESS, UNKNOWN_TO_SDK_VERSION -> DeploymentState.Progress.IN_PROGRESS;
      case null ->
        settled ? DeploymentState.Progress.COMPLETED : DeploymentState.Progress.IN_PROGRESS;
    };
  }

  /** A task, of a service or not. */
  public static TaskState state(Task task) {
    return new TaskState(
        task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1),
        task.taskDefinitionArn(),
        Optional.ofNullable(task.startedBy()).orElse(""),
        "RUNNING".equals(task.lastStatus()) && "RUNNING".equals(task.desiredStatus()),
        Optional.ofNullable(task.startedAt()),
        stop(task),
        place(task),
        task.containers().stream().map(ServiceViews::state).toList());
  }

  private static TaskState.Place place(Task task) {
    return new TaskState.Place(
        Optional.ofNullable(task.availabilityZone()).orElse(""),
        Optional.ofNullable(task.containerInstanceArn())
            .map(arn -> arn.substring(arn.lastIndexOf('/') + 1)));
  }

  private static Optional<TaskState.Stop> stop(Task task) {
    return Optional.ofNullable(task.stoppingAt())
        .or(() -> Optional.ofNullable(task.stoppedAt()))
        .map(at -> new TaskState.Stop(
            Optional.ofNullable(task.stopCodeAsString()).orElse(""),
            Optional.ofNullable(task.stoppedReason()).orElse(""),
            at));
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
        Optional.ofNullable(container.imageDigest()),
        Optional.ofNullable(container.exitCode()),
        Optional.ofNullable(container.reason()));
  }
}
