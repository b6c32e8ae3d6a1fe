package dev.shepherd.local.world;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * ECS: clusters with their services, tasks and hosts, and task definitions. What the API asks for
 * comes in as the SDK's requests; beside them stand the acts of a scenario.
 */
// Over 200 lines: the face of ECS; what it does stands in other classes.
public final class Ecs {
  private final TreeMap<String, WorldCluster> clusters = new TreeMap<>();
  private final TaskDefinitions definitions;
  private final Behaviours behaviours = new Behaviours();
  private final Shortages shortages = new Shortages();
  private final TaskFactory factory;
  private final StandaloneTasks standalone;
  private final TaskLifecycle lifecycle;
  private final Services services;
  private final Hosts hosts;
  private final Sight sight;

  Ecs(
      VirtualClock clock,
      EventBus bus,
      SplittableRandom random,
      ParameterStore parameters,
      CloudMap cloudMap,
      Sight sight) {
    this.sight = sight;
    Ids ids = new Ids(random.split());
    definitions = new TaskDefinitions(clock);
    factory = new TaskFactory(clock, ids);
    TaskOrders orders = new TaskOrders(definitions);
    standalone = new StandaloneTasks(orders, this::place);
    TaskWatch watch = new TaskWatch(new TaskEvents(bus, clock), new Registrar(cloudMap), sight);
    Secrets secrets = new Secrets(parameters, shortages);
    lifecycle = new TaskLifecycle(clock, random.split(), secrets, shortages, behaviours, watch);
    ServiceEvents events = new ServiceEvents(bus, clock, ids);
    EcsScheduler scheduler = new EcsScheduler(
        clock, events, lifecycle, each -> place(orders.of(each)).isPresent());
    watch.scheduler(scheduler);
    services = new Services(clock, ids, definitions, events, scheduler, sight);
    hosts = new Hosts(clock, ids, factory.network(), lifecycle, scheduler);
  }

  private Optional<WorldTask> place(TaskOrder order) {
    Optional<WorldTask> task =
        shortages.deniesCapacity(order.definition()) ? Optional.empty() : factory.make(order);
    task.ifPresent(lifecycle::start);
    return task;
  }

  public TaskDefinitions taskDefinitions() {
    return definitions;
  }

  /** How far back readers look. */
  public Sight sight() {
    return sight;
  }

  /** Tags by ARN. */
  public EcsTags tags() {
    return new EcsTags(this);
  }

  /** By name. */
  public NavigableMap<String, WorldCluster> clusters() {
    return Collections.unmodifiableNavigableMap(clusters);
  }

  /** Makes a cluster; one that is there stays as it is. */
  public WorldCluster createCluster(String name) {
    return clusters.computeIfAbsent(
        name,
        each -> new WorldCluster(Cluster.builder()
            .clusterName(each)
            .clusterArn(Arns.of("ecs", "cluster/" + each))
            .status("ACTIVE")
            .build()));
  }

  /** By name or ARN; ClusterNotFoundException. */
  public WorldCluster cluster(String nameOrArn) {
    return findCluster(nameOrArn)
        .orElseThrow(() -> AwsFailure.refused("ClusterNotFoundException", "Cluster not found."));
  }

  /** By name or ARN. */
  public Optional<WorldCluster> findCluster(String nameOrArn) {
    return Optional.ofNullable(clusters.get(lastPart(nameOrArn)));
  }

  /** By name or ARN; ServiceNotFoundException. */
  public WorldService service(WorldCluster cluster, String nameOrArn) {
    return Optional.ofNullable(cluster.services().get(lastPart(nameOrArn)))
        .orElseThrow(() -> AwsFailure.refused("ServiceNotFoundException", "Service not found."));
  }

  /** By name or ARN; ServiceNotFoundException, or ServiceNotActiveException. */
  public WorldService activeService(WorldCluster cluster, String nameOrArn) {
    WorldService service = service(cluster, nameOrArn);
    if (!service.isActive()) {
      throw AwsFailure.refused("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    return service;
  }

  /** By id or ARN: also a stopped one, for an hour. */
  public Optional<WorldTask> findTask(WorldCluster cluster, String idOrArn) {
    return Optional.ofNullable(cluster.tasks().get(lastPart(idOrArn)));
  }

  private static String lastPart(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }

  public WorldService createService(CreateServiceRequest request) {
    return services.create(cluster(named(request.cluster())), request);
  }

  public WorldService updateService(UpdateServiceRequest request) {
    WorldService service = activeService(cluster(named(request.cluster())), request.service());
    services.update(service, request);
    return service;
  }

  /** Drains a service and its tasks. */
  public void deleteService(WorldService service, boolean forced) {
    services.delete(service, forced);
  }

  /** Starts up to 10 tasks; fewer where there is no place. */
  public List<WorldTask> runTasks(RunTaskRequest request) {
    return standalone.run(cluster(named(request.cluster())), request);
  }

  /** Why RunTask could not place a task of this request. */
  public static String withoutPlace(RunTaskRequest request) {
    return TaskOrders.launchType(request) == LaunchType.FARGATE
        ? TaskFactory.NO_FARGATE_CAPACITY
        : "RESOURCE:CPU";
  }

  /** The cluster that a request means when it names none. */
  public static String named(@Nullable String cluster) {
    return cluster == null ? "default" : cluster;
  }

  /** StopTask; the reason shows as stoppedReason. */
  public void stopTask(WorldTask task, String reason) {
    lifecycle.stop(task, TaskStopCode.USER_INITIATED, reason);
  }

  /** AWS takes its spot capacity back: the task stops. */
  public void interruptSpot(WorldTask task) {
    lifecycle.stop(task, TaskStopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.");
  }

  /**
   * From now on tasks whose execution role (its ARN, empty where there is none) may not read a
   * parameter (its name) that they take a secret from fail to start; it replaces the one before.
   */
  public void denySecrets(BiPredicate<String, String> roleAndParameter) {
    shortages.denySecrets(roleAndParameter);
  }

  /** From now on these images cannot be pulled; it replaces the one before. */
  public void denyImages(Predicate<String> image) {
    shortages.denyImages(image);
  }

  /**
   * From now on there is no capacity for tasks of these definitions; it replaces the one before.
   */
  public void denyCapacity(Predicate<TaskDefinition> definition) {
    shortages.denyCapacity(definition);
  }

  /** A container of this task ends by itself, with this exit code. */
  public void kill(WorldTask task, String container, int exitCode) {
    task.container(container)
        .ifPresent(each -> lifecycle.containers().exit(task, each, exitCode, ""));
  }

  /** From now on this container's check says so, for the rest of its life. */
  public void health(WorldTask task, String container, HealthStatus health) {
    task.container(container).ifPresent(each -> lifecycle.containers().fix(task, each, health));
  }

  /** From now on containers that read this text behave so, those that run already too. */
  public void behave(String text, Behaviour behaviour) {
    behaviours.set(text, behaviour);
    for (WorldCluster cluster : clusters.values()) {
      for (WorldTask task : cluster.tasks().values()) {
        task.containers().stream()
            .filter(each -> each.isRunning() && each.secrets().containsValue(text))
            .forEach(each -> lifecycle.containers().behave(task, each));
      }
    }
  }

  /** Whether this container read a text that makes it misbehave, now or later. */
  public boolean misbehaves(WorldContainer container) {
    return behaviours.areBad(container);
  }

  /** Adds an EC2 container instance to a cluster; {@code zone} is a letter: {@code a}. */
  public WorldHost addHost(WorldCluster cluster, char zone) {
    return hosts.add(cluster, TaskNetwork.zone(zone - 'a'));
  }

  /** The host is terminated, and every task on it stops. */
  public void stopHost(WorldCluster cluster, WorldHost host) {
    hosts.stop(cluster, host);
  }
}
