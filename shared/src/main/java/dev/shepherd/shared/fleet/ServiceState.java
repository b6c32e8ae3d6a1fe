package dev.shepherd.shared.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An ECS service of a fleet, as last read.
 *
 * @param definition the revision that the service is set to
 * @param desired how many tasks it should have
 * @param running how many ECS counts as running
 * @param deployments the primary and those that it replaces
 * @param scheduling how ECS keeps its tasks
 * @param registry the ARN of the Cloud Map service that its tasks are registered in; absent without
 * @param canaryFirst tagged {@code shepherd:canary=true}: it goes first
 * @param alarms the CloudWatch alarms that its tag {@code shepherd:alarms} names
 * @param owner whether Shepherd may act on it, and if not, why
 * @param tasks its tasks, with those that stopped within the last hour unless it was enough to see
 *     those that run; absent while nobody has asked for them
 */
public record ServiceState(
    ServiceName name,
    TaskDefinitionState definition,
    int desired,
    int running,
    List<DeploymentState> deployments,
    Scheduling scheduling,
    Optional<String> registry,
    boolean canaryFirst,
    List<String> alarms,
    Owner owner,
    Optional<List<TaskState>> tasks) {
  /** Who rolls the service. */
  public enum Owner {
    SHEPHERD,
    /** Tagged {@code shepherd:managed=false}. */
    TAGGED_OUT,
    /** A CODE_DEPLOY or EXTERNAL controller, or no single primary deployment: report-only. */
    OTHER_CONTROLLER
  }

  public ServiceState {
    deployments = List.copyOf(deployments);
    alarms = List.copyOf(alarms);
    tasks = tasks.map(List::copyOf);
    long primaries = deployments.stream().filter(DeploymentState::primary).count();
    if (owner == Owner.SHEPHERD && primaries != 1) {
      throw new IllegalArgumentException(name + " has " + primaries + " primary deployments");
    }
  }

  /** The deployment that ECS is going to. */
  public DeploymentState primary() {
    return deployments.stream().filter(DeploymentState::primary).findFirst().orElseThrow();
  }

  /** The newest of those that the primary replaces. */
  public Optional<DeploymentState> before() {
    return deployments.stream()
        .filter(d -> !d.primary())
        .max(Comparator.comparing(DeploymentState::createdAt));
  }

  /** The same service with its tasks. */
  public ServiceState with(List<TaskState> read) {
    return new ServiceState(
        name,
        definition,
        desired,
        running,
        deployments,
        scheduling,
        registry,
        canaryFirst,
        alarms,
        owner,
        Optional.of(read));
  }

  /** The same service as one fleet sees it. */
  public ServiceState of(FleetName fleet) {
    return with(definition.of(fleet));
  }

  /** The same service with its definition seen otherwise. */
  public ServiceState with(TaskDefinitionState seen) {
    return new ServiceState(
        name,
        seen,
        desired,
        running,
        deployments,
        scheduling,
        registry,
        canaryFirst,
        alarms,
        owner,
        tasks);
  }
}
