package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Reach;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The instance that a task should have. */
record Expected(ServingTask task, Map<String, String> attributes) {
  /** What clients are led by: of ECS's own instances nothing else is put right. */
  private static final Set<String> LEADING = Set.of(Instance.ADDRESS, Instance.PORT, Instance.ZONE);

  /**
   * ECS's own <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html">attributes</a>
   * for a service's task. For a canary, which is no task of the service, as far as they are true of
   * it, and Shepherd's two.
   */
  static Expected of(ServingTask task, Reach.At at) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(Instance.ADDRESS, at.address());
    at.port().ifPresent(port -> attributes.put(Instance.PORT, Integer.toString(port)));
    attributes.put(Instance.ZONE, task.place().zone());
    attributes.put("REGION", task.place().region());
    attributes.put(Instance.CLUSTER, task.service().cluster());
    attributes.put("ECS_TASK_DEFINITION_FAMILY", task.family());
    task.place().host().ifPresent(host -> attributes.put("EC2_INSTANCE_ID", host));
    task.canary()
        .ifPresentOrElse(
            canary -> {
              attributes.put(Instance.FLEET, canary.fleet().toString());
              attributes.put(Instance.CONFIG, canary.config().toString());
            },
            () -> attributes.put(Instance.SERVICE, task.service().service()));
    attributes.values().removeIf(String::isEmpty); // Cloud Map takes no empty value.
    return new Expected(task, Map.copyOf(attributes));
  }

  /** What to register it with: as ECS does, unhealthy until its checks have passed. */
  Map<String, String> registered(boolean customHealth) {
    return over(Map.of(), customHealth);
  }

  /** The same on top of what an instance has: ECS may say more of its own than Shepherd knows. */
  Map<String, String> over(Map<String, String> actual, boolean customHealth) {
    Map<String, String> registered = new HashMap<>(actual);
    registered.remove(Instance.FIRST_HEALTH);
    registered.putAll(attributes);
    if (customHealth && task.health() == Health.UNPROVEN) {
      registered.put(Instance.FIRST_HEALTH, "UNHEALTHY");
    }
    return registered;
  }

  /** The attributes that an instance has wrong; how its health began does not count. */
  Set<String> wrong(Instance instance) {
    Set<String> names = new TreeSet<>(task.isCanary() ? attributes.keySet() : LEADING);
    if (task.isCanary()) {
      names.addAll(instance.attributes().keySet());
      names.remove(Instance.FIRST_HEALTH);
    } else {
      names.retainAll(attributes.keySet());
    }
    names.removeIf(name -> Optional.ofNullable(attributes.get(name))
        .equals(Optional.ofNullable(instance.attributes().get(name))));
    return names;
  }
}
