package dev.shepherd.local.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/** A service: what the API shows of it, its deployments and its tasks. */
// Over 200 lines: what is asked of a service, most of it in one line.
public final class WorldService {
  /** What DescribeServices shows. */
  private static final int EVENTS_KEPT = 100;

  private final WorldCluster cluster;
  private final List<WorldDeployment> deployments = new ArrayList<>();
  private final TreeMap<String, WorldTask> tasks = new TreeMap<>();
  private final Deque<ServiceEvent> events = new ArrayDeque<>();
  private final int[] tasksBySubnet = new int[16];
  private final Sight sight;
  private Service service;
  private Optional<WorldDeployment> lastCompleted = Optional.empty();
  private boolean lookDue;
  private boolean steady;

  WorldService(WorldCluster cluster, Service service, Sight sight) {
    this.sight = sight;
    this.cluster = cluster;
    this.service = service;
  }

  void edit(UnaryOperator<Service.Builder> change) {
    service = change.apply(service.toBuilder()).build();
    changed();
  }

  /** Readers see it so from now on. */
  void changed() {
    sight.changed(arn(), this::service);
  }

  /** Puts a deployment first; the one that was keeps the tasks that it has, until they drain. */
  void promote(WorldDeployment deployment) {
    if (!deployments.isEmpty()) {
      WorldDeployment before = primary();
      before.edit(each -> each.status("ACTIVE"));
      before.wanted(before.active().size());
    }
    deployments.remove(deployment);
    deployments.addFirst(deployment);
    deployment.edit(each -> each.status("PRIMARY"));
    steady = false;
    changed();
  }

  void forgetDrained() {
    deployments.removeIf(
        each -> each != primary() && each.active().isEmpty() && each.occupying() == 0);
  }

  void add(WorldTask task) {
    tasks.put(task.id(), task);
    tasksBySubnet[task.place().subnet()]++;
  }

  /** It no longer weighs in the spread over the zones. */
  void leave(WorldTask task) {
    tasksBySubnet[task.place().subnet()]--;
  }

  void forget(WorldTask task) {
    tasks.remove(task.id());
  }

  /** The subnet, by its place, that holds the fewest tasks. */
  int emptiestSubnet(int subnets) {
    int best = 0;
    for (int i = 1; i < Math.min(subnets, tasksBySubnet.length); i++) {
      best = tasksBySubnet[i] < tasksBySubnet[best] ? i : best;
    }
    return best;
  }

  void say(ServiceEvent event) {
    events.addFirst(event);
    if (events.size() > EVENTS_KEPT) {
      events.removeLast();
    }
  }

  /** True for the one who asks first; the look is then due until it is taken. */
  boolean askForLook() {
    boolean first = !lookDue;
    lookDue = true;
    return first;
  }

  void takeLook() {
    lookDue = false;
  }

  /** Notes whether all is as desired; true when it has just become so. */
  boolean becomesSteady(boolean now) {
    boolean became = now && !steady;
    steady = now;
    return became;
  }

  Optional<WorldDeployment> lastCompleted() {
    return lastCompleted;
  }

  void completed(WorldDeployment deployment) {
    lastCompleted = Optional.of(deployment);
  }

  /** What was asked for, and the tags: without counts, deployments and messages. */
  public Service settings() {
    return service;
  }

  boolean isDaemon() {
    return service.schedulingStrategy() == SchedulingStrategy.DAEMON;
  }

  boolean isOnFargate() {
    return service.launchType() == LaunchType.FARGATE
        || service.capacityProviderStrategy().stream()
            .anyMatch(each -> each.capacityProvider().startsWith("FARGATE"));
  }

  public WorldCluster cluster() {
    return cluster;
  }

  public String name() {
    return service.serviceName();
  }

  public String arn() {
    return service.serviceArn();
  }

  public boolean isActive() {
    return service.status().equals("ACTIVE");
  }

  /** How many tasks are asked for: by the service, or by the number of hosts. */
  public int desiredCount() {
    return isDaemon() && isActive() ? cluster.hosts().size() : service.desiredCount();
  }

  public int runningCount() {
    return sum(WorldDeployment::running);
  }

  public int pendingCount() {
    return sum(WorldDeployment::occupying) - runningCount();
  }

  int sum(ToIntFunction<WorldDeployment> count) {
    return deployments.stream().mapToInt(count).sum();
  }

  /** The newest deployment; the others drain. */
  public WorldDeployment primary() {
    return deployments.getFirst();
  }

  /** Primary first, then those that still have tasks. */
  public List<WorldDeployment> deployments() {
    return Collections.unmodifiableList(deployments);
  }

  /** By id; stopped ones stay for an hour. */
  public NavigableMap<String, WorldTask> tasks() {
    return Collections.unmodifiableNavigableMap(tasks);
  }

  /** As a reader sees it, who may look back; empty where it was not there yet. */
  public Optional<Service> seen() {
    return sight.seen(arn(), Service.class, this::service);
  }

  /** As the API shows it, tags included. */
  public Service service() {
    return service.toBuilder()
        .desiredCount(desiredCount())
        .runningCount(runningCount())
        .pendingCount(pendingCount())
        .deployments(deployments.stream().map(WorldDeployment::deployment).toList())
        .events(events)
        .build();
  }
}
