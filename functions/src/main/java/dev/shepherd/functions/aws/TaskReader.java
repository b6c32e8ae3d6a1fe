package dev.shepherd.functions.aws;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Reads services' tasks, in full pages or not at all: those that run and, as ECS shows them for <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html">an
 * hour</a>, those that stopped.
 *
 * <p>Services of n tasks with m stopped ones take max(1, ⌈nᵢ/100⌉) + max(1, ⌈mᵢ/100⌉) ListTasks
 * each and ⌈(n+m)/100⌉ DescribeTasks together. Where that, or what the run has spent on a cluster
 * already, is more than reading all of the cluster's tasks is thought to take, they are read all at
 * once, and serve the rest of the run: about twice what the better way would have cost, at most. A
 * cluster that has far more tasks than its services say is not read to its end.
 *
 * <p>A task that has stopped does not change any more, so it is described once in the life of this
 * instance (docs/adr/0028).
 */
// Over 200 lines: the two ways of reading the same tasks, and what tells which one takes less.
final class TaskReader {
  private static final int PAGE = 100;
  private static final int ENDED_KEPT = 20_000;
  private static final String OF_SERVICE = "service:";
  private static final String STOPPED = "STOPPED";

  private final EcsReads ecs;
  private final Map<String, Cluster> clusters = new HashMap<>();
  private Map<ServiceName, Integer> sizes = Map.of();
  private int calls;

  /** How many pages those that stopped took when a cluster was last read whole. */
  private final Map<String, Integer> endedPages = new HashMap<>();

  private final Map<String, Read> ended = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
      return size() > ENDED_KEPT;
    }
  };

  /** A task, and the group that ECS shows it in. */
  private record Read(String group, TaskState state) {}

  /** What a run has spent on a cluster, and what it knows. */
  private static final class Cluster {
    private final int tasks;
    private int spent;
    private boolean tooLarge;
    private Optional<Map<String, List<TaskState>>> byService = Optional.empty();

    Cluster(int tasks) {
      this.tasks = tasks;
    }

    boolean isBetterReadWhole(int callsByService, int endedPages) {
      int whole = whole(endedPages);
      return byService.isEmpty() && !tooLarge && (callsByService > whole || spent >= whole);
    }

    /** How many calls it takes to read all of it, if it is not read yet. */
    int whole(int endedPages) {
      return byService.isPresent()
          ? 0
          : tooLarge ? Integer.MAX_VALUE : 2 * pages(tasks) + endedPages;
    }

    /** Those that run, those that stopped, and all described. */
    int mostPages() {
      return 3 * (1 + tasks / PAGE);
    }
  }

  TaskReader(EcsReads ecs) {
    this.ecs = ecs;
  }

  /**
   * A new run: what was read before is not looked at again.
   *
   * @param running how many tasks run, by cluster
   * @param ofService and by service
   */
  void begin(Map<String, Integer> running, Map<ServiceName, Integer> ofService) {
    clusters.clear();
    running.forEach((cluster, tasks) -> clusters.put(cluster, new Cluster(tasks)));
    sizes = Map.copyOf(ofService);
  }

  /** The tasks of these services, without those that are gone. */
  Map<ServiceName, List<TaskState>> tasks(Set<ServiceName> services) {
    Map<ServiceName, List<TaskState>> found = new HashMap<>();
    services.stream()
        .sorted()
        .collect(groupingBy(ServiceName::cluster, TreeMap::new, toList()))
        .forEach((cluster, all) -> found.putAll(tasks(cluster, all)));
    return found;
  }

  private Map<ServiceName, List<TaskState>> tasks(String name, List<ServiceName> services) {
    Optional<Cluster> cluster = Optional.ofNullable(clusters.get(name));
    cluster
        .filter(each ->
            each.isBetterReadWhole(callsByService(services), endedPages.getOrDefault(name, 1)))
        .ifPresent(each -> readAll(name, each));
    return cluster
        .flatMap(each -> each.byService)
        .map(all -> services.stream()
            .collect(toMap(
                service -> service, service -> all.getOrDefault(service.service(), List.of()))))
        .orElseGet(() -> read(name, services, cluster));
  }

  int calls(Set<ServiceName> services) {
    return services.stream()
        .collect(groupingBy(ServiceName::cluster, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .mapToInt(each -> Math.min(
            callsByService(each.getValue()),
            Optional.ofNullable(clusters.get(each.getKey()))
                .map(cluster -> cluster.whole(endedPages.getOrDefault(each.getKey(), 1)))
                .orElse(Integer.MAX_VALUE)))
        .sum();
  }

  /** As far as can be known before: few tasks of one service stop within an hour. */
  private int callsByService(List<ServiceName> services) {
    int lists = services.stream()
        .mapToInt(service -> pages(sizes.getOrDefault(service, 0)) + 1)
        .sum();
    int tasks =
        services.stream().mapToInt(service -> sizes.getOrDefault(service, 0)).sum();
    return lists + pages(tasks);
  }

  private static int pages(int tasks) {
    return Math.max(1, (tasks + PAGE - 1) / PAGE);
  }

  private Map<ServiceName, List<TaskState>> read(
      String name, List<ServiceName> services, Optional<Cluster> cluster) {
    int before = calls;
    Map<ServiceName, Set<String>> listed = new LinkedHashMap<>();
    services.forEach(service -> list(service).ifPresent(arns -> listed.put(service, arns)));
    List<String> all = listed.values().stream().flatMap(Set::stream).distinct().toList();
    Map<String, Read> read = describe(name, all);
    cluster.ifPresent(each -> each.spent += calls - before);
    Map<ServiceName, List<TaskState>> tasks = new HashMap<>();
    listed.forEach((service, arns) -> tasks.put(
        service,
        arns.stream()
            .flatMap(arn -> Optional.ofNullable(read.get(arn)).stream())
            .map(Read::state)
            .toList()));
    return tasks;
  }

  /**
   * The ARNs of a service's tasks, those that run and those that stopped; empty when it is gone.
   */
  private Optional<Set<String>> list(ServiceName service) {
    Set<String> arns = new LinkedHashSet<>();
    try {
      for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
        ListTasksRequest request = ListTasksRequest.builder()
            .cluster(service.cluster())
            .serviceName(service.service())
            .desiredStatus(status)
            .build();
        arns.addAll(Pages.all(
            token -> list(request, token),
            ListTasksResponse::taskArns,
            ListTasksResponse::nextToken));
      }
      return Optional.of(arns);
    } catch (ServiceNotFoundException _) {
      return Optional.empty();
    }
  }

  private void readAll(String name, Cluster cluster) {
    Set<String> arns = new LinkedHashSet<>();
    for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
      ListTasksRequest request =
          ListTasksRequest.builder().cluster(name).desiredStatus(status).build();
      Optional<List<String>> listed = Pages.upTo(
          cluster.mostPages(),
          token -> list(request, token),
          ListTasksResponse::taskArns,
          ListTasksResponse::nextToken);
      if (listed.isEmpty()) {
        cluster.tooLarge = true;
        return;
      }
      arns.addAll(listed.get());
      if (status == DesiredStatus.STOPPED) {
        endedPages.put(name, pages(listed.get().size()));
      }
    }
    Map<String, List<TaskState>> byService = new HashMap<>();
    for (Read task : describe(name, arns.stream().sorted().toList()).values()) {
      if (task.group().startsWith(OF_SERVICE)) {
        byService
            .computeIfAbsent(task.group().substring(OF_SERVICE.length()), _ -> new ArrayList<>())
            .add(task.state());
      }
    }
    cluster.byService = Optional.of(byService);
  }

  Set<String> definitionsRunning(String cluster, String family) {
    ListTasksRequest request =
        ListTasksRequest.builder().cluster(cluster).family(family).build();
    List<String> arns = Pages.all(
        token -> list(request, token), ListTasksResponse::taskArns, ListTasksResponse::nextToken);
    return describe(cluster, arns).values().stream()
        .map(task -> task.state().taskDefinition())
        .collect(toSet());
  }

  private ListTasksResponse list(ListTasksRequest request, @Nullable String token) {
    calls++;
    return ecs.listTasks(request.toBuilder().maxResults(PAGE).nextToken(token).build());
  }

  /** By ARN, in the order given; those that ended are described once. */
  private Map<String, Read> describe(String cluster, List<String> arns) {
    Map<String, Read> tasks = new LinkedHashMap<>();
    arns.forEach(
        arn -> Optional.ofNullable(ended.get(arn)).ifPresent(known -> tasks.put(arn, known)));
    List<String> unknown = arns.stream().filter(arn -> !tasks.containsKey(arn)).toList();
    for (List<String> chunk : Pages.chunks(unknown, PAGE)) {
      calls++;
      DescribeTasksResponse answer = ecs.describeTasks(
          DescribeTasksRequest.builder().cluster(cluster).tasks(chunk).build());
      FleetReader.refuseUnlessMissing(answer.failures());
      for (Task task : answer.tasks()) {
        Read read =
            new Read(Optional.ofNullable(task.group()).orElse(""), ServiceViews.state(task));
        tasks.put(task.taskArn(), read);
        if (STOPPED.equals(task.lastStatus())) {
          ended.put(task.taskArn(), read);
        }
      }
    }
    return tasks;
  }
}
