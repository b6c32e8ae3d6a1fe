package dev.shepherd.local.world;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/** One EC2 container instance. Room is not counted here: every task fits. */
public final class WorldHost {
  private final ContainerInstance instance;
  private final String zone;
  private final String address;
  private final LinkedHashSet<WorldTask> tasks = new LinkedHashSet<>();
  private int nextPort = 32_768;

  WorldHost(ContainerInstance instance, String zone, String address) {
    this.instance = instance;
    this.zone = zone;
    this.address = address;
  }

  void add(WorldTask task) {
    tasks.add(task);
  }

  void remove(WorldTask task) {
    tasks.remove(task);
  }

  /** The next free dynamic host port; they start over after 61000. */
  int takePort() {
    int port = nextPort;
    nextPort = port == 61_000 ? 32_768 : port + 1;
    return port;
  }

  /** As the API shows it. */
  public ContainerInstance instance() {
    return instance.toBuilder()
        .runningTasksCount((int) tasks.stream().filter(WorldTask::isRunning).count())
        .build();
  }

  public String arn() {
    return instance.containerInstanceArn();
  }

  public String id() {
    return arn().substring(arn().lastIndexOf('/') + 1);
  }

  public String zone() {
    return zone;
  }

  /** The instance's private address. */
  public String address() {
    return address;
  }

  /** What is placed on it and has not stopped. */
  public List<WorldTask> tasks() {
    return List.copyOf(tasks);
  }

  int load() {
    return tasks.size();
  }

  boolean holdsTaskOf(Set<WorldDeployment> deployments) {
    return tasks.stream()
        .anyMatch(task -> task.isOccupying()
            && task.deployment().filter(deployments::contains).isPresent());
  }
}
