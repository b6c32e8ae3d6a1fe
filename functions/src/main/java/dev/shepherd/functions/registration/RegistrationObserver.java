package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.RegistrationSnapshot;
import dev.shepherd.shared.registration.ServingTask;
import java.util.ArrayList;
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
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;

/**
 * Reads ECS and Cloud Map for a run, in full pages or not at all.
 *
 * <p>Calls of a quiet look everywhere, for S services in each of C clusters, that register in R
 * Cloud Map services of I instances each, and T canary tasks in each cluster: C × max(1, ⌈S/100⌉)
 * ListServices, C × ⌈S/10⌉ DescribeServices, R × max(1, ⌈I/100⌉) <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html">ListInstances</a>,
 * C × max(1, ⌈T/100⌉) ListTasks, C × ⌈T/100⌉ DescribeTasks; and for each Cloud Map service with
 * custom health that holds K canaries, ⌈K/100⌉ GetInstancesHealthStatus. GetService and
 * DescribeTaskDefinition are called once for each Cloud Map service with canaries, and each
 * revision, in the life of this instance.
 */
final class RegistrationObserver {
  private static final int PAGE = 100;

  private final RegistrationAws aws;
  private final List<String> clusters;
  private final FleetReader fleets;
  private final StandaloneTasks standalone;
  private final TaskDefinitions definitions;
  private final InstanceHealth health;
  private final CanaryTasks canaries;
  private final Set<String> inUse = new HashSet<>();

  /** The clusters that have services: what is in others is not known. */
  private final Set<String> peopled = new TreeSet<>();

  RegistrationObserver(
      RegistrationAws aws, List<String> clusters, FleetReader fleets, TaskDefinitions definitions) {
    this.aws = aws;
    this.clusters = List.copyOf(clusters);
    this.fleets = fleets;
    this.standalone = new StandaloneTasks(aws);
    this.definitions = definitions;
    this.health = new InstanceHealth(aws);
    this.canaries = new CanaryTasks(definitions);
  }

  /**
   * The Cloud Map services of what the hints name, by id.
   *
   * @param failed takes what could not be read and is not waited for
   */
  Map<String, Registry> registries(List<Hint> hints, BiConsumer<String, String> failed) {
    Set<ServiceName> named = named(hints);
    boolean everywhere = hints.stream().anyMatch(Hint.Everywhere.class::isInstance);
    Map<String, Registry> registries = registries(failed);
    if (!everywhere) {
      registries
          .values()
          .removeIf(
              registry -> registry.registrants().keySet().stream().noneMatch(named::contains));
    }
    return registries;
  }

  private Set<ServiceName> named(List<Hint> hints) {
    Set<ServiceName> named = new HashSet<>();
    Map<String, Set<String>> tasks = new TreeMap<>();
    for (Hint hint : hints) {
      switch (hint) {
        case Hint.OfService service -> named.add(service.service());
        case Hint.OfTask task ->
          tasks.computeIfAbsent(task.cluster(), _ -> new TreeSet<>()).add(task.task());
        case Hint.OfFleet _, Hint.Everywhere _ -> {}
      }
    }
    tasks.forEach((cluster, ids) -> standalone
        .describe(cluster, List.copyOf(ids))
        .forEach(task -> named.add(CanaryTasks.service(cluster, task))));
    return named;
  }

  /** Those that a service with a fleet's config registers in. */
  private Map<String, Registry> registries(BiConsumer<String, String> failed) {
    Map<String, Map<ServiceName, Service>> found = new TreeMap<>();
    inUse.clear();
    peopled.clear();
    for (String cluster : clusters) {
      for (Service service : fleets.services(cluster, failed)) {
        peopled.add(cluster);
        if (service.taskDefinition() == null || service.serviceRegistries().isEmpty()) {
          continue;
        }
        inUse.add(service.taskDefinition());
        if (fleets.takesConfig(cluster, service, failed)) {
          service
              .serviceRegistries()
              .forEach(registry -> found
                  .computeIfAbsent(Registry.idOf(registry), _ -> new HashMap<>())
                  .put(new ServiceName(cluster, service.serviceName()), service));
        }
      }
    }
    Map<String, Registry> registries = new TreeMap<>();
    found.forEach((id, registrants) -> registries.put(id, new Registry(id, registrants)));
    return registries;
  }

  /** All instances of a Cloud Map service; those of Shepherd with their health. */
  List<Instance> instances(Registry registry) {
    List<Instance> listed = Pages.all(
            token -> aws.listInstances(ListInstancesRequest.builder()
                .serviceId(registry.id())
                .maxResults(PAGE)
                .nextToken(token)
                .build()),
            ListInstancesResponse::instances,
            ListInstancesResponse::nextToken)
        .stream()
        .map(summary -> new Instance(summary.id(), summary.attributes(), Optional.empty()))
        .toList();
    return health.of(registry, listed, peopled);
  }

  /** The canary tasks of each cluster and the tasks of these instances, by cluster. */
  Map<String, List<Task>> tasks(List<Instance> instances) {
    Map<String, List<Task>> tasks = new TreeMap<>();
    for (String cluster : peopled) {
      Stream<String> running =
          standalone.running(cluster, Intake.CANARY).stream().map(CanaryTasks::id);
      Stream<String> registered = instances.stream()
          .filter(instance -> instance.isShepherds(Set.of(cluster)))
          .map(Instance::id);
      List<Task> found = standalone.describe(
          cluster, Stream.concat(running, registered).distinct().sorted().toList());
      found.forEach(task -> inUse.add(task.taskDefinitionArn()));
      tasks.put(cluster, found);
    }
    definitions.keepOnly(inUse);
    return tasks;
  }

  /** What the planner sees of one Cloud Map service. */
  RegistrationSnapshot snapshot(
      Registry registry,
      List<Instance> instances,
      Map<String, List<Task>> tasks,
      Set<String> underWay) {
    Set<String> ids = instances.stream().map(Instance::id).collect(Collectors.toSet());
    List<ServingTask> belonging = new ArrayList<>();
    tasks.forEach((cluster, found) -> found.forEach(task -> {
      ServiceName service = CanaryTasks.service(cluster, task);
      if (registry.registrants().containsKey(service) || ids.contains(CanaryTasks.id(task))) {
        belonging.add(canaries.of(cluster, task, registry.of(service)));
      }
    }));
    Map<ServiceName, Integer> running = new HashMap<>();
    registry.registrants().forEach((name, service) -> running.put(name, service.runningCount()));
    return new RegistrationSnapshot(
        registry.id(),
        Optional.empty(),
        peopled,
        running,
        instances,
        belonging,
        !belonging.isEmpty() && health.isCustom(registry),
        underWay);
  }
}
