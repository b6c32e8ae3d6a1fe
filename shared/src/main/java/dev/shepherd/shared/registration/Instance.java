package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  static final String ZONE = "AVAILABILITY_ZONE";
  static final String CLUSTER = "ECS_CLUSTER_NAME";
  static final String SERVICE = "ECS_SERVICE_NAME";
  static final String FLEET = "SHEPHERD_FLEET";
  static final String CONFIG = "SHEPHERD_CONFIG";

  /** Of a task set under an EXTERNAL controller, which Shepherd leaves alone. */
  private static final String TASK_SET = "ECS_TASK_SET_EXTERNAL_ID";

  private static final int TASK_ID_DIGITS = 32;

  public Instance {
    attributes = Map.copyOf(attributes);
  }

  /** Whose it is, by its id and its attributes together. */
  public enum Owner {
    SHEPHERD,
    /** For a task of a service in a cluster that was looked in. */
    ECS,
    /** ECS's, but where its task is was not looked. */
    ECS_ELSEWHERE,
    /** Neither the one nor the other: somebody registered it. */
    FOREIGN
  }

  /** Whose it is, seen from these clusters. */
  public Owner owner(Set<String> clusters) {
    boolean ofTask = isTaskId() && cluster().filter(clusters::contains).isPresent();
    if (attributes.containsKey(SERVICE)) {
      return ofTask && !attributes.containsKey(TASK_SET) ? Owner.ECS : Owner.ECS_ELSEWHERE;
    }
    boolean marked = attributes.containsKey(FLEET) && attributes.containsKey(CONFIG);
    return ofTask && marked ? Owner.SHEPHERD : Owner.FOREIGN;
  }

  /** Lowercase hexadecimal digits; a pattern would take a fifth of the whole planning. */
  private boolean isTaskId() {
    return id.length() == TASK_ID_DIGITS
        && id.chars()
            .allMatch(each -> (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f'));
  }

  /** Whether it is for a task in one of these clusters, by ECS's or Shepherd's own hand. */
  public boolean isOfTaskIn(Set<String> clusters) {
    return switch (owner(clusters)) {
      case SHEPHERD, ECS -> true;
      case ECS_ELSEWHERE, FOREIGN -> false;
    };
  }

  /** The name of the cluster that it says its task is in. */
  private Optional<String> cluster() {
    return Optional.ofNullable(attributes.get(CLUSTER));
  }

  /** Where it leads. */
  Optional<String> address() {
    return Optional.ofNullable(attributes.get(ADDRESS));
  }

  /** The ECS service that it says its task is of. */
  ServiceName service() {
    return new ServiceName(
        attributes.getOrDefault(CLUSTER, ""), attributes.getOrDefault(SERVICE, ""));
  }

  /** The same instance with what its custom health says. */
  public Instance healthy(boolean says) {
    return new Instance(id, attributes, Optional.of(says));
  }

  /** Whether clients are sent to it, as far as is known. */
  boolean mayServe() {
    return healthy.orElse(true);
  }
}
