package dev.shepherd.functions.registration;

import dev.shepherd.shared.registration.ServingTask.Reach;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.Task;

/** Where clients reach a task: its own interface or its host, and the port that is registered. */
final class TaskReach {
  private static final Set<String> INTERFACES = Set.of("ElasticNetworkInterface", "eni");

  private TaskReach() {}

  static Reach of(Task task, ServiceRegistry registry, Optional<Hosts.Host> host) {
    Optional<String> address = address(task).or(() -> host.flatMap(Hosts.Host::address));
    OptionalInt port = port(task, registry);
    boolean portLacks = registry.containerPort() != null && port.isEmpty();
    return address.isEmpty() || portLacks ? new Reach.Nowhere() : new Reach.At(address.get(), port);
  }

  /** Whether it has a network interface of its own; with bridge and host networking none has. */
  static boolean isOnHostsNetwork(Task task) {
    return task.attachments().stream()
        .noneMatch(each -> INTERFACES.contains(String.valueOf(each.type())));
  }

  /** Of its own network interface. */
  private static Optional<String> address(Task task) {
    return task.attachments().stream()
        .filter(each -> "ATTACHED".equals(each.status()))
        .flatMap(each -> each.details().stream())
        .filter(detail -> "privateIPv4Address".equals(detail.name()))
        .map(KeyValuePair::value)
        .findFirst();
  }

  /**
   * The service's fixed one, or where the host, or the task's own interface, has the container's.
   */
  private static OptionalInt port(Task task, ServiceRegistry registry) {
    if (registry.port() != null) {
      return OptionalInt.of(registry.port());
    }
    if (registry.containerPort() == null) {
      return OptionalInt.empty();
    }
    int wanted = registry.containerPort();
    List<Container> containers = task.containers().stream()
        .filter(each -> each.name().equals(registry.containerName()))
        .toList();
    return containers.stream()
        .mapToInt(container -> container.networkBindings().stream()
            .filter(binding -> binding.containerPort() != null && binding.containerPort() == wanted)
            .mapToInt(binding -> binding.hostPort())
            .findFirst()
            .orElse(wanted))
        .findFirst();
  }
}
