package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Fleets.H1;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.rollout.Fleets.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Services of a fleet that runs V1, and what may be different with one. */
final class Services {
  private Services() {}

  static ServiceName name(String service) {
    return new ServiceName("prod", service);
  }

  /** A service of the service pattern on V1, whose collectors are well. */
  static ServiceState gateway(String name, int tasks) {
    return well(Service.pinned(name, H1, 8, tasks));
  }

  /** A service of the sidecar pattern on V1. */
  static ServiceState app(String name, int tasks) {
    return sidecar(gateway(name, tasks));
  }

  static ServiceState well(Service service) {
    return well(service, Health.HEALTHY);
  }

  static ServiceState well(Service service, Health health) {
    return service.madeFrom(7).read(health).state();
  }

  static ServiceState well(Service service, IntFunction<String> digest) {
    return service.madeFrom(7).read(Health.HEALTHY, digest).state();
  }

  static ServiceState sidecar(ServiceState service) {
    return registry(definition(service, false, Set.of(), "role", Fleets.IMAGE), Optional.empty());
  }

  static ServiceState role(ServiceState service, String role) {
    return definition(service, true, Set.of(), role, Fleets.IMAGE);
  }

  static ServiceState image(ServiceState service, String image) {
    return definition(service, true, Set.of(), "role", image);
  }

  static ServiceState obstacle(ServiceState service, Obstacle obstacle) {
    return definition(service, true, Set.of(obstacle), "role", Fleets.IMAGE);
  }

  static ServiceState registry(ServiceState service, Optional<String> registry) {
    return with(service, service.definition(), service.running(), registry, service.canaryFirst());
  }

  static ServiceState tagged(ServiceState service) {
    return with(service, service.definition(), service.running(), service.registry(), true);
  }

  static ServiceState running(ServiceState service, int running) {
    return with(service, service.definition(), running, service.registry(), service.canaryFirst());
  }

  static ServiceState unread(ServiceState service) {
    return new ServiceState(
        service.name(),
        service.definition(),
        service.desired(),
        service.running(),
        service.deployments(),
        service.scheduling(),
        service.registry(),
        service.canaryFirst(),
        service.alarms(),
        service.owner(),
        Optional.empty());
  }

  private static ServiceState definition(
      ServiceState of, boolean pattern, Set<Obstacle> obstacles, String role, String image) {
    TaskDefinitionState old = of.definition();
    List<Collector> collectors = old.collectors().stream()
        .map(each ->
            new Collector(each.container(), image, each.reference(), each.healthCheck(), pattern))
        .toList();
    TaskDefinitionState definition = new TaskDefinitionState(
        old.arn(),
        old.revision(),
        collectors,
        pattern,
        old.madeFrom(),
        Optional.of(role),
        obstacles,
        old.containers());
    return with(of, definition, of.running(), of.registry(), of.canaryFirst());
  }

  private static ServiceState with(
      ServiceState of,
      TaskDefinitionState definition,
      int running,
      Optional<String> registry,
      boolean tagged) {
    return new ServiceState(
        of.name(),
        definition,
        of.desired(),
        running,
        of.deployments(),
        of.scheduling(),
        registry,
        tagged,
        of.alarms(),
        of.owner(),
        of.tasks());
  }
}
