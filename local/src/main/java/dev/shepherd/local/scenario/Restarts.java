package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import java.util.HashSet;
import java.util.Set;

/** Counts the services' tasks that stop, but for scale-in and for the scenario's own kills. */
final class Restarts {
  private final World world;
  private final Set<String> killed = new HashSet<>();
  private int count;

  Restarts(World world) {
    this.world = world;
  }

  int count() {
    return count;
  }

  /** The scenario has killed a container of this task, named by ARN. */
  void killed(String task) {
    killed.add(task);
  }

  void event(ObjectNode event) {
    JsonNode detail = event.path("detail");
    boolean stopped = event.path("detail-type").asText().equals("ECS Task State Change")
        && detail.path("lastStatus").asText().equals("STOPPED")
        && detail.path("group").asText().startsWith("service:");
    if (stopped && !isScaleIn(detail) && !killed.contains(detail.path("taskArn").asText())) {
      count++;
    }
  }

  /**
   * ECS gives scale-in and the end of an old deployment the same reason; a task of the newest
   * deployment can only have been too many.
   */
  private boolean isScaleIn(JsonNode detail) {
    String service = detail.path("group").asText().substring("service:".length());
    return detail.path("stoppedReason").asText().startsWith("Scaling activity")
        && world
            .ecs()
            .findCluster(detail.path("clusterArn").asText())
            .map(cluster -> cluster.services().get(service))
            .map(WorldService::primary)
            .filter(newest -> newest.id().equals(detail.path("startedBy").asText()))
            .isPresent();
  }
}
