package dev.shepherd.functions.status;

import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;

/**
 * One service of a fleet.
 *
 * @param reference how its collectors take the config: {@code pinned}, {@code by name},
 *     {@code current}
 * @param count its tasks
 * @param sick its unhealthy collectors, {@value #MAX_SICK} at most
 * @param moreSick how many of those are left out
 * @param isOnLive whether it takes nothing but live
 * @param whole whether its tasks could be read
 */
record ServiceView(
    ServiceState service,
    String reference,
    FleetView.Count count,
    List<SickTask> sick,
    int moreSick,
    boolean isOnLive,
    boolean whole) {
  static final int MAX_SICK = 10;

  /** A task with a collector that is not well, and what that did. */
  record SickTask(String id, String what) {}

  ServiceView {
    sick = List.copyOf(sick);
  }

  ServiceName name() {
    return service.name();
  }

  /** {@code service} or {@code sidecar}. */
  String pattern() {
    return service.definition().servicePattern() ? "service" : "sidecar";
  }

  /** Its revision as people name it: {@code checkout:12}. */
  static String shortName(String definition) {
    return definition.substring(definition.lastIndexOf('/') + 1);
  }

  boolean isDeploying() {
    return service.deployments().stream()
        .anyMatch(
            each -> each.primary() && each.progress() == DeploymentState.Progress.IN_PROGRESS);
  }

  boolean hasFailed() {
    return service.deployments().stream()
        .anyMatch(each -> each.progress() == DeploymentState.Progress.FAILED);
  }

  boolean isManaged() {
    return service.owner() == ServiceState.Owner.SHEPHERD;
  }

  /** Whether a person who has little time should see it. */
  boolean needsLook() {
    return !whole
        || !count.isWell()
        || !isOnLive
        || !sick.isEmpty()
        || isDeploying()
        || hasFailed();
  }
}
