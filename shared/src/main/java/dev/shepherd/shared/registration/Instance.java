package dev.shepherd.shared.registration;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An instance as Cloud Map lists it.
 *
 * @param attributes all of them
 * @param healthy what its custom health says; absent where nobody asked or there is none
 */
public record Instance(String id, Map<String, String> attributes, Optional<Boolean> healthy) {
  static final String ADDRESS = "AWS_INSTANCE_IPV4";
  static final String PORT = "AWS_INSTANCE_PORT";
  static final String FIRST_HEALTH = "AWS_INIT_HEALTH_STATUS";
  static final String CLUSTER = "ECS_CLUSTER_NAME";
  static final String FLEET = "SHEPHERD_FLEET";
  static final String CONFIG = "SHEPHERD_CONFIG";

  private static final String ECS_SERVICE = "ECS_SERVICE_NAME";
  private static final Pattern TASK_ID = Pattern.compile("[0-9a-f]{32}");

  public Instance {
    attributes = Map.copyOf(attributes);
  }

  /** Whose it is, by its id and its attributes together. */
  enum Owner {
    SHEPHERD,
    ECS,
    /** Neither the one nor the other: somebody registered it. */
    FOREIGN
  }

  Owner owner(Set<String> clusters) {
    boolean ecs = attributes.containsKey(ECS_SERVICE);
    boolean marked = attributes.containsKey(FLEET) && attributes.containsKey(CONFIG);
    if (marked
        && !ecs
        && TASK_ID.matcher(id).matches()
        && cluster().filter(clusters::contains).isPresent()) {
      return Owner.SHEPHERD;
    }
    return ecs ? Owner.ECS : Owner.FOREIGN;
  }

  /** Whether Shepherd registered it for a task in one of these clusters. */
  public boolean isShepherds(Set<String> clusters) {
    return owner(clusters) == Owner.SHEPHERD;
  }

  /** The name of the cluster that it says its task is in. */
  public Optional<String> cluster() {
    return Optional.ofNullable(attributes.get(CLUSTER));
  }

  /** The same instance with what its custom health says. */
  public Instance healthy(boolean says) {
    return new Instance(id, attributes, Optional.of(says));
  }
}
