package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Draws one service; most are small and plain, as most are. */
final class RandomService {
  private final Chance chance;
  private final boolean twoClusters;

  /** @param twoClusters whether there is a second one, named batch */
  RandomService(Chance chance, boolean twoClusters) {
    this.chance = chance;
    this.twoClusters = twoClusters;
  }

  ObjectNode draw(String name) {
    ObjectNode service = JsonNodeFactory.instance.objectNode().put("name", name);
    boolean sidecar = chance.of(60);
    service.put("pattern", sidecar ? "sidecar" : "service");
    service.put("tasks", tasks());
    rarely(twoClusters ? 40 : 0, () -> service.put("cluster", "batch"));
    rarely(40, () -> service.put("reference", chance.one("pinned", "current")));
    rarely(15, () -> service.put("healthCheck", false));
    rarely(sidecar ? 20 : 0, () -> service.put("essential", true));
    rarely(20, () -> service.put("circuitBreaker", true));
    rarely(15, () -> service.put("restartPolicy", 60 * chance.from(1, 5)));
    rarely(sidecar ? 0 : 15, () -> service.put("discovery", false));
    rarely(20, () -> bounds(service));
    rarely(15, () -> onHosts(service));
    rarely(10, () -> service.putObject("tags").put("shepherd:canary", "true"));
    rarely(5, () -> service.putObject("tags").put("shepherd:managed", "false"));
    return service;
  }

  private void rarely(int percent, Runnable act) {
    if (chance.of(percent)) {
      act.run();
    }
  }

  private int tasks() {
    return switch (chance.from(0, 9)) {
      case 0 -> chance.from(0, 1);
      case 1 -> chance.from(15, 40);
      default -> chance.from(1, 8);
    };
  }

  /** None with which a single task could neither be doubled nor stopped: ECS could not deploy. */
  private void bounds(ObjectNode service) {
    List<Integer> bounds =
        chance.one(List.of(List.of(0, 100), List.of(0, 150), List.of(50, 200), List.of(100, 200)));
    service.put("minimumHealthyPercent", bounds.getFirst());
    service.put("maximumPercent", bounds.getLast());
  }

  private void onHosts(ObjectNode service) {
    service.put("launchType", "EC2").put("hosts", chance.from(3, 5));
    service.put("networkMode", chance.one("awsvpc", "bridge"));
    service.put("discovery", false);
  }
}
