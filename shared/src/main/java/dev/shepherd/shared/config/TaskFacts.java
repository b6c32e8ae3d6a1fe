package dev.shepherd.shared.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the validator needs of an ECS task definition, free of AWS types.
 *
 * @param containers all containers of the task, in its order
 * @param collectorName the container whose config is validated; must be among them
 * @param collectorNames every container that takes a collector's config, that one included
 * @param memory the task's memory in MiB, if it is limited
 * @param networkMode {@code awsvpc}, {@code bridge}, {@code host} or {@code none}; empty if not set
 * @param parameter the config's parameter, if known
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html">Task
 *     definition parameters</a>
 */
public record TaskFacts(
    List<Container> containers,
    String collectorName,
    Set<String> collectorNames,
    OptionalInt memory,
    String networkMode,
    Optional<Parameter> parameter) {
  public TaskFacts {
    containers = List.copyOf(containers);
    collectorNames = Set.copyOf(collectorNames);
    if (containers.stream().noneMatch(container -> container.name().equals(collectorName))) {
      throw new IllegalArgumentException("the task has no container '" + collectorName + "'");
    }
  }

  /**
   * A container.
   *
   * @param environment names and values of plain variables
   * @param secrets names of injected variables, and what they come from
   * @param environmentComplete false if variables also come from files, which cannot be seen
   * @param memory hard limit in MiB, if set
   * @param healthCheck the command, {@code ["CMD", "/healthcheck"]}; empty without a check
   * @param ports container ports with their protocol
   */
  public record Container(
      String name,
      String image,
      boolean essential,
      Map<String, String> environment,
      Map<String, String> secrets,
      boolean environmentComplete,
      OptionalInt memory,
      List<String> healthCheck,
      List<Port> ports) {
    public Container {
      environment = Map.copyOf(environment);
      secrets = Map.copyOf(secrets);
      healthCheck = List.copyOf(healthCheck);
      ports = List.copyOf(ports);
    }
  }

  /** A port mapping: {@code protocol} is {@code tcp} or {@code udp}. */
  public record Port(int containerPort, OptionalInt hostPort, String protocol) {}

  /**
   * The parameter that the config comes from.
   *
   * @param tier {@code Standard} (4 KiB) or {@code Advanced} (8 KiB), if known
   */
  public record Parameter(String name, Optional<String> tier) {}

  /** The container whose config is validated. */
  public Container collector() {
    return containers.stream()
        .filter(container -> container.name().equals(collectorName))
        .findFirst()
        .orElseThrow();
  }

  /** Every essential container is a collector: its own service beside the apps. */
  public boolean servicePattern() {
    return containers.stream()
        .filter(Container::essential)
        .allMatch(container -> collectorNames.contains(container.name()));
  }
}
