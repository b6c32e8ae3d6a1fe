package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;

/** One container of a task: what the API shows of it, and what only the world knows. */
public final class WorldContainer {
  private static final String UNHEALTHY = HealthStatus.UNHEALTHY.toString();

  private final ContainerDefinition definition;
  private Container container;
  private Map<String, String> secrets = Map.of();
  private Instant startedAt = Instant.EPOCH;
  private int life;
  private boolean healthFixed;

  WorldContainer(ContainerDefinition definition, Container container) {
    this.definition = definition;
    this.container = container;
  }

  void edit(UnaryOperator<Container.Builder> change) {
    container = change.apply(container.toBuilder()).build();
  }

  void secrets(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  void started(Instant now) {
    startedAt = now;
    edit(each -> each.lastStatus("RUNNING").healthStatus(HealthStatus.UNKNOWN));
  }

  /** Forgets what was planned for this container; what is planned now carries the number. */
  int newLife() {
    return ++life;
  }

  boolean lives(int number) {
    return life == number && isRunning();
  }

  /** From now on a scenario alone says how healthy it is. */
  void fixHealth() {
    healthFixed = true;
  }

  boolean isHealthFixed() {
    return healthFixed;
  }

  public ContainerDefinition definition() {
    return definition;
  }

  /** As the API shows it. */
  public Container container() {
    return container;
  }

  public String name() {
    return definition.name();
  }

  /** What it read at its start: texts by the parameter's name. Empty before. */
  public Map<String, String> secrets() {
    return secrets;
  }

  /** The last start, restarts in place included. */
  public Instant startedAt() {
    return startedAt;
  }

  public boolean isRunning() {
    return container.lastStatus().equals("RUNNING");
  }

  /** Running, and its health check, where it has one, does not fail. */
  public boolean isWell() {
    return isRunning() && !UNHEALTHY.equals(container.healthStatusAsString());
  }

  boolean isEssential() {
    return !Boolean.FALSE.equals(definition.essential());
  }

  boolean isChecked() {
    return definition.healthCheck() != null;
  }

  /** Whether its health decides on its task's. */
  boolean decides() {
    return isEssential() && isChecked();
  }

  /**
   * The health of a task with these containers: UNHEALTHY with any that decides, else UNKNOWN with
   * any or with none that decides, else HEALTHY.
   */
  static HealthStatus weighed(List<WorldContainer> containers) {
    List<HealthStatus> checked = containers.stream()
        .filter(WorldContainer::decides)
        .map(each -> each.container.healthStatus())
        .toList();
    if (checked.contains(HealthStatus.UNHEALTHY)) {
      return HealthStatus.UNHEALTHY;
    }
    boolean unknown = checked.isEmpty() || checked.contains(HealthStatus.UNKNOWN);
    return unknown ? HealthStatus.UNKNOWN : HealthStatus.HEALTHY;
  }

  /** From a start to the first passing check. */
  Duration firstCheck() {
    return Duration.ofSeconds(definition.healthCheck().interval());
  }

  /** From a start to the verdict that it is unhealthy. */
  Duration verdict() {
    var check = definition.healthCheck();
    int startPeriod = check.startPeriod() == null ? 0 : check.startPeriod();
    return Duration.ofSeconds(startPeriod + (long) check.interval() * check.retries());
  }
}
