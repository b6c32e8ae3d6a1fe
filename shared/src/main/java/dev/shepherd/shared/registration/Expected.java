package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.ServingTask.Canary;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Reach;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The instance that a canary task should have. */
record Expected(ServingTask task, Map<String, String> attributes) {
  /**
   * ECS's own <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html">attributes</a>
   * as far as they are true for a canary, which is no task of the service, and Shepherd's two.
   */
  static Expected of(ServingTask task, Canary canary, Reach.At at) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(Instance.ADDRESS, at.address());
    at.port().ifPresent(port -> attributes.put(Instance.PORT, Integer.toString(port)));
    attributes.put("AVAILABILITY_ZONE", task.place().zone());
    attributes.put("REGION", task.place().region());
    attributes.put(Instance.CLUSTER, task.service().cluster());
    attributes.put("ECS_TASK_DEFINITION_FAMILY", task.family());
    attributes.put(Instance.FLEET, canary.fleet().toString());
    attributes.put(Instance.CONFIG, canary.config().toString());
    return new Expected(task, Map.copyOf(attributes));
  }

  /** What to register it with: as ECS does, unhealthy until its checks have passed. */
  Map<String, String> registered(boolean customHealth) {
    Map<String, String> registered = new HashMap<>(attributes);
    if (customHealth && task.health() == Health.UNPROVEN) {
      registered.put(Instance.FIRST_HEALTH, "UNHEALTHY");
    }
    return registered;
  }

  /** The attributes that an instance has wrong; how its health began does not count. */
  Set<String> wrong(Instance instance) {
    Set<String> names = new TreeSet<>(attributes.keySet());
    names.addAll(instance.attributes().keySet());
    names.remove(Instance.FIRST_HEALTH);
    names.removeIf(name -> Optional.ofNullable(attributes.get(name))
        .equals(Optional.ofNullable(instance.attributes().get(name))));
    return names;
  }
}
