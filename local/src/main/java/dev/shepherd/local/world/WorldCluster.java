package dev.shepherd.local.world;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Tag;

/** A cluster with what is in it. */
public final class WorldCluster {
  private final Cluster cluster;
  private final TreeMap<String, WorldService> services = new TreeMap<>();
  private final TreeMap<String, WorldTask> tasks = new TreeMap<>();
  private final TreeMap<String, WorldTask> standalone = new TreeMap<>();
  private final TreeMap<String, WorldHost> hosts = new TreeMap<>();

  private List<Tag> tags = List.of();

  WorldCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  void add(WorldService service) {
    services.put(service.name(), service);
  }

  void add(WorldTask task) {
    tasks.put(task.id(), task);
    if (task.service().isEmpty()) {
      standalone.put(task.id(), task);
    }
  }

  void forget(WorldTask task) {
    tasks.remove(task.id());
    standalone.remove(task.id());
  }

  void add(WorldHost host) {
    hosts.put(host.id(), host);
  }

  void remove(WorldHost host) {
    hosts.remove(host.id());
  }

  public String name() {
    return cluster.clusterName();
  }

  public String arn() {
    return cluster.clusterArn();
  }

  void tag(List<Tag> changed) {
    tags = List.copyOf(changed);
  }

  public List<Tag> tags() {
    return tags;
  }

  /** As the API shows it, without tags. */
  public Cluster cluster() {
    int running = 0;
    int pending = 0;
    for (WorldService service : services.values()) {
      running += service.runningCount();
      pending += service.pendingCount();
    }
    return cluster.toBuilder()
        .activeServicesCount(
            (int) services.values().stream().filter(WorldService::isActive).count())
        .runningTasksCount(running)
        .pendingTasksCount(pending)
        .registeredContainerInstancesCount(hosts.size())
        .build();
  }

  /** By name, inactive ones included. */
  public NavigableMap<String, WorldService> services() {
    return Collections.unmodifiableNavigableMap(services);
  }

  /** By id; stopped ones stay for an hour. */
  public NavigableMap<String, WorldTask> tasks() {
    return Collections.unmodifiableNavigableMap(tasks);
  }

  /** Those of them that belong to no service, by id. */
  public Collection<WorldTask> standaloneTasks() {
    return Collections.unmodifiableCollection(standalone.values());
  }

  /** By id. */
  public NavigableMap<String, WorldHost> hosts() {
    return Collections.unmodifiableNavigableMap(hosts);
  }
}
