package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Finds the Cloud Map services that the services of fleets register in.
 *
 * <p>Calls of a look, for S services in each of C clusters: C × max(1, ⌈S/100⌉) ListServices and C
 * × ⌈S/10⌉ DescribeServices. DescribeTaskDefinition is called once for each revision in the life of
 * this instance.
 */
final class Registries {
  private final List<String> clusters;
  private final FleetReader fleets;
  private final StandaloneTasks standalone;

  /**
   * What there is.
   *
   * @param clusters those that have services, with how many tasks of services run in each: what is
   *     in others is not known
   * @param services all ECS services of these clusters
   * @param registries the Cloud Map services of fleets, by id
   * @param definitions the task definitions in use
   */
  record Found(
      Map<String, Integer> clusters,
      Set<ServiceName> services,
      Map<String, Registry> registries,
      Set<String> definitions) {
    /** All services that register in one of them. */
    Set<ServiceName> registrants() {
      return registries.values().stream()
          .flatMap(registry -> registry.registrants().keySet().stream())
          .collect(Collectors.toSet());
    }

    /** How many tasks run of each of these, of those that register. */
    List<Integer> running(List<ServiceName> registered) {
      Map<ServiceName, Integer> running = new HashMap<>();
      registries
          .values()
          .forEach(registry ->
              registry.counts().forEach((service, count) -> running.put(service, count.running())));
      return registered.stream()
          .map(service -> running.getOrDefault(service, 0))
          .toList();
    }
  }

  Registries(List<String> clusters, FleetReader fleets, StandaloneTasks standalone) {
    this.clusters = List.copyOf(clusters);
    this.fleets = fleets;
    this.standalone = standalone;
  }

  /**
   * Reads all clusters.
   *
   * @param failed takes what could not be read and is not waited for
   */
  Found find(BiConsumer<String, String> failed) {
    Found found = new Found(new TreeMap<>(), new HashSet<>(), new TreeMap<>(), new HashSet<>());
    Map<String, Map<ServiceName, Registry.Entry>> registrants = new TreeMap<>();
    Set<String> connected = new HashSet<>();
    for (String cluster : clusters) {
      for (Service service : fleets.services(cluster, failed)) {
        ServiceName name = new ServiceName(cluster, service.serviceName());
        found.clusters().merge(cluster, service.runningCount(), Integer::sum);
        found.services().add(name);
        connected.addAll(connected(service));
        if (service.taskDefinition() != null && !service.serviceRegistries().isEmpty()) {
          found.definitions().add(service.taskDefinition());
          entry(cluster, service, failed)
              .ifPresent(entry -> service
                  .serviceRegistries()
                  .forEach(registry -> registrants
                      .computeIfAbsent(Registry.idOf(registry.registryArn()), _ -> new HashMap<>())
                      .put(name, entry)));
        }
      }
    }
    registrants.forEach((id, entries) ->
        found.registries().put(id, new Registry(id, entries, connected.contains(id))));
    return found;
  }

  /** Only of a fleet; a definition that may not be read may be of one. */
  private Optional<Registry.Entry> entry(
      String cluster, Service service, BiConsumer<String, String> failed) {
    Optional<ServiceState> state = fleets.state(cluster, service, failed);
    Set<FleetName> taken = state.stream()
        .flatMap(known -> known.definition().collectors().stream())
        .map(Collector::reference)
        .map(ConfigReference::fleet)
        .collect(Collectors.toSet());
    boolean managed = state
        .map(ServiceState::owner)
        .filter(ServiceState.Owner.SHEPHERD::equals)
        .isPresent();
    return state.isPresent() && taken.isEmpty()
        ? Optional.empty()
        : Optional.of(new Registry.Entry(service, taken, managed));
  }

  /**
   * The Cloud Map services that <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html">Service
   * Connect</a> keeps for a service.
   */
  private static Set<String> connected(Service service) {
    return service.deployments().stream()
        .flatMap(deployment -> deployment.serviceConnectResources().stream())
        .flatMap(resource -> Optional.ofNullable(resource.discoveryArn()).stream())
        .map(Registry::idOf)
        .collect(Collectors.toSet());
  }

  /** The ones that these hints are about. */
  Map<String, Registry> named(Found found, List<Hint> hints) {
    Map<String, Registry> named = new TreeMap<>(found.registries());
    // Where there is one, every hint leads there.
    if (named.size() > 1 && hints.stream().noneMatch(Hint.Everywhere.class::isInstance)) {
      Set<ServiceName> services = services(hints);
      named
          .values()
          .removeIf(
              registry -> registry.registrants().keySet().stream().noneMatch(services::contains));
    }
    return named;
  }

  private Set<ServiceName> services(List<Hint> hints) {
    Set<ServiceName> named = new HashSet<>();
    Map<String, Set<String>> tasks = new TreeMap<>();
    for (Hint hint : hints) {
      switch (hint) {
        case Hint.OfService service -> named.add(service.service());
        case Hint.OfTask task ->
          tasks.computeIfAbsent(task.cluster(), _ -> new TreeSet<>()).add(task.task());
        case Hint.OfDeployment _, Hint.OfFleet _, Hint.Everywhere _ -> {}
      }
    }
    tasks.forEach((cluster, ids) -> standalone
        .describe(cluster, List.copyOf(ids))
        .forEach(task -> named.add(TaskViews.service(cluster, task))));
    return named;
  }
}
