package dev.shepherd.local.world;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * One deployment of a service. It sorts its tasks as they change, so that the scheduler never reads
 * them all.
 */
public final class WorldDeployment {
  private final WorldService service;
  private final Service settings;
  private final TaskDefinition definition;
  private final LinkedHashSet<WorldTask> active = new LinkedHashSet<>();
  private final LinkedHashSet<WorldTask> counting = new LinkedHashSet<>();
  private final LinkedHashSet<WorldTask> sick = new LinkedHashSet<>();
  private final LinkedHashSet<WorldTask> running = new LinkedHashSet<>();
  private final LinkedHashSet<WorldTask> occupying = new LinkedHashSet<>();
  private Deployment deployment;
  private int wanted;
  private int failed;
  private Instant nextStart = Instant.MIN;

  WorldDeployment(
      WorldService service, Service settings, TaskDefinition definition, Deployment deployment) {
    this.service = service;
    this.settings = settings;
    this.definition = definition;
    this.deployment = deployment;
  }

  /** Sorts a task that has changed. */
  void track(WorldTask task, boolean sickCounts) {
    toggle(active, task, task.isWanted());
    toggle(counting, task, task.isWanted() && task.counts());
    toggle(sick, task, task.isWanted() && task.isSick() && sickCounts);
    toggle(running, task, task.isRunning());
    toggle(occupying, task, task.isOccupying());
    if (counting.contains(task) && !task.hasServed()) {
      task.served();
      failed = 0;
    }
  }

  private static void toggle(Set<WorldTask> tasks, WorldTask task, boolean in) {
    if (in) {
      tasks.add(task);
    } else {
      tasks.remove(task);
    }
  }

  void edit(UnaryOperator<Deployment.Builder> change) {
    deployment = change.apply(deployment.toBuilder()).build();
  }

  /** Another task failed before it ever counted as healthy; returns how many in a row. */
  int fail() {
    return ++failed;
  }

  int wanted() {
    return wanted;
  }

  void wanted(int tasks) {
    wanted = tasks;
  }

  Instant nextStart() {
    return nextStart;
  }

  void nextStart(Instant time) {
    nextStart = time;
  }

  /** Wanted and not sick. */
  int good() {
    return active.size() - sick.size();
  }

  SequencedSet<WorldTask> active() {
    return active;
  }

  SequencedSet<WorldTask> counting() {
    return counting;
  }

  SequencedSet<WorldTask> sick() {
    return sick;
  }

  int running() {
    return running.size();
  }

  int occupying() {
    return occupying.size();
  }

  Service settings() {
    return settings;
  }

  public String id() {
    return deployment.id();
  }

  public WorldService service() {
    return service;
  }

  public TaskDefinition definition() {
    return definition;
  }

  public DeploymentRolloutState rolloutState() {
    return deployment.rolloutState();
  }

  /** As the API shows it. */
  public Deployment deployment() {
    return deployment.toBuilder()
        .desiredCount(wanted)
        .runningCount(running.size())
        .pendingCount(occupying.size() - running.size())
        .failedTasks(failed)
        .build();
  }
}
