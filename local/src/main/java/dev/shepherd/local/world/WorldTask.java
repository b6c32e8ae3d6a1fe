package dev.shepherd.local.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** One task: what the API shows of it, and what only the world knows. */
// Over 200 lines: what is asked of a task, most of it in one line.
public final class WorldTask {
  private static final Set<String> NOT_PAST_RUNNING =
      Set.of("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");

  private final TaskOrder order;
  private final String id;
  private final Place place;
  private final List<WorldContainer> containers;
  private Task task;
  private int epoch;
  private boolean settled;
  private boolean served;
  private boolean registered;

  WorldTask(TaskOrder order, Place place, Task task, List<WorldContainer> containers) {
    this.order = order;
    this.place = place;
    id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    this.task = task;
    this.containers = List.copyOf(containers);
  }

  void edit(UnaryOperator<Task.Builder> change) {
    task = change.apply(task.toBuilder()).build();
  }

  /** Counts a change that AWS tells of. */
  void countChange() {
    long version = task.version() + 1;
    edit(each -> each.version(version));
  }

  int epoch() {
    return epoch;
  }

  /** Whatever step was planned is not taken. */
  void newEpoch() {
    epoch++;
  }

  void settle() {
    settled = true;
  }

  /** Whether it has ever counted as healthy. */
  boolean hasServed() {
    return served;
  }

  void served() {
    served = true;
  }

  boolean isRegistered() {
    return registered;
  }

  void registered(boolean registered) {
    this.registered = registered;
  }

  Place place() {
    return place;
  }

  /** As the API shows it. */
  public Task task() {
    return task.toBuilder()
        .containers(containers.stream().map(WorldContainer::container).toList())
        .build();
  }

  public String arn() {
    return task.taskArn();
  }

  /** The last part of the ARN: 32 hex digits. */
  public String id() {
    return id;
  }

  public WorldCluster cluster() {
    return order.cluster();
  }

  public TaskDefinition definition() {
    return order.definition();
  }

  /** The ARN of the role that ECS starts it with; empty where there is none. */
  String executionRole() {
    return Optional.ofNullable(order.overrides().executionRoleArn())
        .or(() -> Optional.ofNullable(definition().executionRoleArn()))
        .orElse("");
  }

  /** The deployment that started it; empty for a task of RunTask. */
  public Optional<WorldDeployment> deployment() {
    return order.deployment();
  }

  /** The service that it belongs to; empty for a task of RunTask. */
  public Optional<WorldService> service() {
    return deployment().map(WorldDeployment::service);
  }

  public List<WorldContainer> containers() {
    return containers;
  }

  /** By name. */
  public Optional<WorldContainer> container(String name) {
    for (WorldContainer container : containers) { // Asked of every task, all the time.
      if (container.name().equals(name)) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }

  /** What its containers read at its start: container name → parameter name → text. */
  public Map<String, Map<String, String>> secrets() {
    Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
    containers.forEach(each -> secrets.put(each.name(), each.secrets()));
    return secrets;
  }

  /** A deployment's id, or what the caller of RunTask said. */
  public Optional<String> startedBy() {
    return Optional.ofNullable(task.startedBy());
  }

  /** Whether it is placed on this container instance, given by id or ARN. */
  public boolean isOn(String host) {
    String arn = task.containerInstanceArn();
    return arn != null && arn.endsWith(host.substring(host.lastIndexOf('/') + 1));
  }

  /** {@code PROVISIONING} … {@code STOPPED}. */
  public String lastStatus() {
    return task.lastStatus();
  }

  public String availabilityZone() {
    return place.zone();
  }

  /** Its own address with awsvpc, else its host's. */
  public String address() {
    return place.address();
  }

  /** Whether ECS wants it to run. */
  public boolean isWanted() {
    return task.desiredStatus().equals("RUNNING");
  }

  public boolean isRunning() {
    return lastStatus().equals("RUNNING");
  }

  /** Whether it counts against maximumPercent. */
  boolean isOccupying() {
    return NOT_PAST_RUNNING.contains(lastStatus());
  }

  /** Wanted, running, and every essential container up and not unhealthy. */
  public boolean isServing() {
    if (!isWanted() || !isRunning()) {
      return false;
    }
    for (WorldContainer container : containers) {
      if (container.isEssential() && !container.isWell()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a check in the definition decides on the task's health. */
  boolean isChecked() {
    return containers.stream().anyMatch(WorldContainer::decides);
  }

  /** UNHEALTHY to ECS. */
  public boolean isSick() {
    return task.healthStatus() == HealthStatus.UNHEALTHY;
  }

  /**
   * Whether a deployment counts it as healthy: by the checks of its essential containers, and
   * without any, 40 seconds after RUNNING.
   */
  boolean counts() {
    return isRunning() && (isChecked() ? task.healthStatus() == HealthStatus.HEALTHY : settled);
  }

  /** The task's health follows from its essential containers that have a check. */
  void weighHealth() {
    HealthStatus health = WorldContainer.weighed(containers);
    edit(each -> each.healthStatus(health));
  }
}
