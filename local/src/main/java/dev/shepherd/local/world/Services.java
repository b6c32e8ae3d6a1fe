package dev.shepherd.local.world;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Makes services, changes them and takes them away; the scheduler does the rest. */
final class Services {
  private static final String ROLE = "arn:aws:iam::"
      + Arns.ACCOUNT
      + ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";

  private final VirtualClock clock;
  private final Ids ids;
  private final TaskDefinitions definitions;
  private final ServiceEvents events;
  private final EcsScheduler scheduler;
  private final Sight sight;
  private final ServiceTokens tokens = new ServiceTokens();

  Services(
      VirtualClock clock,
      Ids ids,
      TaskDefinitions definitions,
      ServiceEvents events,
      EcsScheduler scheduler,
      Sight sight) {
    this.clock = clock;
    this.ids = ids;
    this.definitions = definitions;
    this.events = events;
    this.scheduler = scheduler;
    this.sight = sight;
  }

  WorldService create(WorldCluster cluster, CreateServiceRequest request) {
    Optional<WorldService> before = tokens.made(cluster, request);
    if (before.isPresent()) {
      return before.get();
    }
    check(cluster, request);
    TaskDefinition definition = definitions.active(request.taskDefinition());
    TaskDefinitionRules.checkNetwork(definition, request.networkConfiguration() != null);
    boolean daemon = request.schedulingStrategy() == SchedulingStrategy.DAEMON;
    Service.Builder service = Models.overlay(
            request,
            Service.builder()
                .launchType(request.hasCapacityProviderStrategy() ? null : LaunchType.EC2)
                .schedulingStrategy(SchedulingStrategy.REPLICA)
                .deploymentController(DeploymentController.builder()
                    .type(DeploymentControllerType.ECS)
                    .build())
                .loadBalancers(List.of())
                .serviceRegistries(List.of())
                .placementConstraints(List.of())
                .placementStrategy(List.of())
                .desiredCount(0)
                .enableECSManagedTags(false)
                .enableExecuteCommand(false)
                .propagateTags("NONE"))
        .serviceArn(Arns.of("ecs", "service/" + cluster.name() + "/" + request.serviceName()))
        .clusterArn(cluster.arn())
        .status("ACTIVE")
        .taskDefinition(definition.taskDefinitionArn())
        .deploymentConfiguration(configuration(defaults(daemon), request.deploymentConfiguration()))
        .roleArn(ROLE)
        .createdAt(clock.instant());
    WorldService created = new WorldService(cluster, service.build(), sight);
    cluster.add(created);
    tokens.note(created, request);
    deploy(created, definition);
    return created;
  }

  private static void check(WorldCluster cluster, CreateServiceRequest request) {
    if (request.serviceName() == null || !request.serviceName().matches("[a-zA-Z0-9_-]{1,255}")) {
      throw AwsFailure.invalidParameter("The service name is not valid.");
    }
    WorldService before = cluster.services().get(request.serviceName());
    if (before != null && before.isActive()) {
      throw AwsFailure.invalidParameter("Creation of service was not idempotent.");
    }
    if (before != null && before.settings().status().equals("DRAINING")) {
      throw AwsFailure.invalidParameter("Unable to Start a service that is still Draining.");
    }
    TaskDefinitionRules.checkTags(request.tags());
  }

  private static DeploymentConfiguration defaults(boolean daemon) {
    return DeploymentConfiguration.builder()
        .maximumPercent(daemon ? 100 : 200)
        .minimumHealthyPercent(daemon ? 0 : 100)
        .deploymentCircuitBreaker(each -> each.enable(false).rollback(false))
        .strategy("ROLLING")
        .bakeTimeInMinutes(0)
        .build();
  }

  private static DeploymentConfiguration configuration(
      DeploymentConfiguration before, DeploymentConfiguration given) {
    return given == null ? before : Models.overlay(given, before.toBuilder()).build();
  }

  void update(WorldService service, UpdateServiceRequest request) {
    Service before = service.settings();
    TaskDefinition definition = request.taskDefinition() == null
        ? service.primary().definition()
        : definitions.active(request.taskDefinition());
    checkController(before, request, definition);
    service.edit(each -> Models.overlay(request, each)
        .taskDefinition(definition.taskDefinitionArn())
        .deploymentConfiguration(
            configuration(before.deploymentConfiguration(), request.deploymentConfiguration())));
    if (Boolean.TRUE.equals(request.forceNewDeployment()) || !isSame(before, service.settings())) {
      deploy(service, definition);
    }
    scheduler.look(service);
  }

  private static void checkController(
      Service service, UpdateServiceRequest request, TaskDefinition definition) {
    DeploymentControllerType type = service.deploymentController().type();
    boolean deploys = Boolean.TRUE.equals(request.forceNewDeployment())
        || !definition.taskDefinitionArn().equals(service.taskDefinition());
    if (type == DeploymentControllerType.CODE_DEPLOY && deploys) {
      throw AwsFailure.invalidParameter(
          "Unable to update task definition on services with a CODE_DEPLOY deployment controller."
              + " Use AWS CodeDeploy to trigger a new deployment.");
    }
    if (type == DeploymentControllerType.EXTERNAL && deploys) {
      throw AwsFailure.invalidParameter(
          "Unable to update task definition on services with an EXTERNAL deployment controller.");
    }
  }

  /** Whether nothing changed that starts a deployment. */
  private static boolean isSame(Service before, Service now) {
    return deployed(before).equals(deployed(now));
  }

  private static Service deployed(Service service) {
    return Service.builder()
        .taskDefinition(service.taskDefinition())
        .networkConfiguration(service.networkConfiguration())
        .serviceRegistries(service.serviceRegistries())
        .loadBalancers(service.loadBalancers())
        .platformVersion(service.platformVersion())
        .capacityProviderStrategy(service.capacityProviderStrategy())
        .build();
  }

  private void deploy(WorldService service, TaskDefinition definition) {
    Service settings = service.settings();
    Deployment deployment = Deployment.builder()
        .id(ids.deployment())
        .status("PRIMARY")
        .taskDefinition(definition.taskDefinitionArn())
        .createdAt(clock.instant())
        .updatedAt(clock.instant())
        .launchType(settings.launchType())
        .capacityProviderStrategy(settings.capacityProviderStrategy())
        .platformVersion(settings.platformVersion())
        .networkConfiguration(settings.networkConfiguration())
        .rolloutState(DeploymentRolloutState.IN_PROGRESS)
        .build();
    WorldDeployment promoted = new WorldDeployment(service, settings, definition, deployment);
    service.promote(promoted);
    promoted.wanted(service.desiredCount());
    events.inProgress(promoted);
    scheduler.look(service);
  }

  /** Drains a service; one that still asks for tasks only when forced. */
  void delete(WorldService service, boolean forced) {
    if (!forced && !service.isDaemon() && service.desiredCount() > 0) {
      throw AwsFailure.invalidParameter(
          "The service cannot be stopped while it is scaled above 0.");
    }
    service.edit(each -> each.desiredCount(0).status("DRAINING"));
    scheduler.look(service);
  }
}
