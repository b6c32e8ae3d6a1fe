package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskCalls;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.RegistrationSnapshot;
import dev.shepherd.shared.registration.ServingTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;

/**
 * Reads Cloud Map's instances and the tasks that belong to them, in full pages or not at all.
 *
 * <p>Calls of a quiet look everywhere, beside those of {@link Registries}, for R Cloud Map services
 * of I instances each, N services of n tasks each that register in them, and T tasks of these and
 * canaries together in each of C clusters: R × max(1, ⌈I/100⌉) <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html">ListInstances</a>,
 * N × max(1, ⌈n/100⌉) + C ListTasks (or the pages of all tasks, where those are fewer), C × ⌈T/100⌉
 * DescribeTasks; and for each Cloud Map service with custom health that holds K canaries, ⌈K/100⌉
 * GetInstancesHealthStatus. GetService, DescribeTaskDefinition, and what {@link Hosts} asks for,
 * are called once in the life of this instance. Only what is not as it should be costs more: the
 * health of all instances where some are to be taken out, and {@link Marks}.
 */
final class RegistrationObserver {
  private static final int PAGE = 100;

  private final RegistrationAws aws;
  private final StandaloneTasks standalone;
  private final TaskDefinitions definitions;
  private final InstanceHealth health;
  private final Hosts hosts;
  private final TaskViews views;

  RegistrationObserver(RegistrationAws aws, TaskDefinitions definitions) {
    this.aws = aws;
    this.standalone = new StandaloneTasks(aws);
    this.definitions = definitions;
    this.health = new InstanceHealth(aws);
    this.hosts = new Hosts(aws);
    this.views = new TaskViews(definitions);
  }

  /** All instances of a Cloud Map service; those of Shepherd with their health. */
  List<Instance> instances(Registry registry, Set<String> clusters) {
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
    return health.ofShepherds(registry, listed, clusters);
  }

  /** The same with the health of all instances. */
  RegistrationSnapshot withHealth(Registry registry, RegistrationSnapshot seen) {
    return seen.with(health.ofAll(registry, seen.instances()));
  }

  /**
   * The tasks of these services, the canary tasks of each cluster and the tasks of these instances,
   * by cluster.
   */
  Map<String, List<Task>> tasks(
      Registries.Found found, Set<ServiceName> services, Collection<Instance> instances) {
    Map<String, List<Task>> tasks = new TreeMap<>();
    Set<String> definitionsInUse = new HashSet<>(found.definitions());
    found.clusters().forEach((cluster, running) -> {
      List<ServiceName> here = services.stream()
          .filter(service -> service.cluster().equals(cluster))
          .sorted()
          .toList();
      Stream<String> registered = instances.stream()
          .filter(instance -> instance.isOfTaskIn(Set.of(cluster)))
          .map(Instance::id);
      List<Task> read = standalone.describe(
          cluster,
          Stream.concat(
                  listed(cluster, here, found.running(here), running).map(TaskViews::id),
                  registered)
              .distinct()
              .sorted()
              .toList());
      read.forEach(task -> definitionsInUse.add(task.taskDefinitionArn()));
      tasks.put(cluster, read);
    });
    definitions.keepOnly(definitionsInUse);
    return tasks;
  }

  /** All tasks of the cluster together, canaries with them, where that takes fewer calls. */
  private Stream<String> listed(
      String cluster, List<ServiceName> services, List<Integer> sizes, int running) {
    return TaskCalls.together(running) < byService(sizes)
        ? standalone.all(cluster, running).stream()
        : Stream.concat(
            standalone.running(cluster, Intake.CANARY).stream(),
            services.stream().flatMap(service -> standalone.running(service).stream()));
  }

  private static int byService(Collection<Integer> sizes) {
    return 1 + TaskCalls.byService(sizes); // And the canaries.
  }

  /**
   * As many of these Cloud Map services as have tasks that can be read with so many calls: all, or,
   * from the first on, those that {@link TaskCalls#some} of the calls suffice for.
   */
  static List<Registry> within(int calls, List<Registry> registries, Registries.Found found) {
    Map<String, Map<ServiceName, Integer>> sizes = new TreeMap<>();
    registries.forEach(registry -> registry
        .counts()
        .forEach((service, count) -> sizes
            .computeIfAbsent(service.cluster(), _ -> new TreeMap<>())
            .put(service, count.running())));
    int needed = found.clusters().entrySet().stream()
        .mapToInt(cluster -> Math.min(
            TaskCalls.together(cluster.getValue()),
            byService(sizes.getOrDefault(cluster.getKey(), Map.of()).values())))
        .sum();
    TaskCalls sum = new TaskCalls();
    return needed <= calls
        ? registries
        : registries.stream()
            .filter(registry -> sum.fit(
                TaskCalls.some(calls) - found.clusters().size(), // The canaries' listings.
                registry.counts().entrySet().stream()
                    .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().running()))))
            .toList();
  }

  /**
   * Learns where tasks on EC2 run.
   *
   * @throws dev.shepherd.functions.aws.ReconcileException if EC2 does not say; then tasks without a
   *     network interface of their own have no address
   */
  void hosts(Map<String, List<Task>> tasks) {
    hosts.keepOnly(tasks.values().stream()
        .flatMap(List::stream)
        .flatMap(task -> Optional.ofNullable(task.containerInstanceArn()).stream())
        .collect(Collectors.toSet()));
    tasks.forEach(hosts::learn);
  }

  /**
   * What the planner sees of one Cloud Map service, before anything is remembered.
   *
   * @param takenOut how many instances this run has taken out already
   */
  RegistrationSnapshot snapshot(
      Registry registry, View view, List<Instance> instances, Set<String> underWay, int takenOut) {
    Set<String> ids = instances.stream().map(Instance::id).collect(Collectors.toSet());
    List<ServingTask> belonging = new ArrayList<>();
    view.tasks()
        .forEach((cluster, all) -> all.forEach(task -> {
          ServiceName service = TaskViews.service(cluster, task);
          if (registry.registrants().containsKey(service) || ids.contains(TaskViews.id(task))) {
            belonging.add(
                views.of(cluster, task, registry.of(service), hosts.of(task), view.begun()));
          }
        }));
    Set<ServiceName> others = new HashSet<>(view.found().services());
    others.removeAll(registry.registrants().keySet());
    return new RegistrationSnapshot(
        registry.id(),
        Optional.empty(),
        view.found().clusters().keySet(),
        registry.counts(),
        others,
        instances,
        belonging,
        belonging.stream()
                .anyMatch(task -> !ids.contains(task.id()) || task.canary().isPresent())
            && health.isCustom(registry),
        underWay,
        Map.of(),
        takenOut);
  }
}
