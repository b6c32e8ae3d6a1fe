package dev.shepherd.functions.aws;

import static java.util.stream.Collectors.toSet;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>One service's n tasks and m stopped ones take max(1, ⌈n/100⌉) + max(1, ⌈m/100⌉) ListTasks and
 * ⌈(n+m)/100⌉ DescribeTasks. Many small services would take three calls each; so once as many calls
 * were spent in a cluster as reading all of its tasks is thought to take, they are read all at
 * once, and serve the rest of the run. That costs at most twice what the better way would have. A
 * cluster that has far more tasks than its services say is not read to its end.
 */
final class TaskReader {
  private static final int PAGE = 100;
  private static final String OF_SERVICE = "service:";

  private final EcsReads ecs;
  private final Map<String, Cluster> clusters = new HashMap<>();

  /** What a run has spent on a cluster, and what it knows. */
  private static final class Cluster {
    private final int pages;
    private int spent;
    private boolean tooLarge;
    private Optional<Map<String, List<TaskState>>> byService = Optional.empty();

    Cluster(int tasks) {
      pages = 3 * (1 + tasks / PAGE); // Those that run, those that stopped, and all described.
    }
  }

  TaskReader(EcsReads ecs) {
    this.ecs = ecs;
  }

  /** A new run: what was read before is not looked at again. {@code running} is by cluster. */
  void begin(Map<String, Integer> running) {
    clusters.clear();
    running.forEach((cluster, tasks) -> clusters.put(cluster, new Cluster(tasks)));
  }

  /** A service's tasks; empty when the service is gone. */
  Optional<List<TaskState>> tasks(ServiceName service) {
    Optional<Cluster> known = Optional.ofNullable(clusters.get(service.cluster()));
    known
        .filter(cluster ->
            cluster.byService.isEmpty() && !cluster.tooLarge && cluster.spent >= cluster.pages)
        .ifPresent(cluster -> readAll(service.cluster(), cluster));
    return known
        .flatMap(cluster -> cluster.byService)
        .map(all -> all.getOrDefault(service.service(), List.of()))
        .or(() -> read(service, known));
  }

  private Optional<List<TaskState>> read(ServiceName service, Optional<Cluster> cluster) {
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
    } catch (ServiceNotFoundException _) {
      return Optional.empty();
    }
    cluster.ifPresent(each -> each.spent += 2 + (arns.size() + PAGE - 1) / PAGE);
    return Optional.of(describe(service.cluster(), List.copyOf(arns)).stream()
        .map(ServiceViews::state)
        .toList());
  }

  private void readAll(String name, Cluster cluster) {
    Set<String> arns = new HashSet<>();
    for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
      ListTasksRequest request =
          ListTasksRequest.builder().cluster(name).desiredStatus(status).build();
      Optional<List<String>> listed = Pages.upTo(
          cluster.pages,
          token -> list(request, token),
          ListTasksResponse::taskArns,
          ListTasksResponse::nextToken);
      if (listed.isEmpty()) {
        cluster.tooLarge = true;
        return;
      }
      arns.addAll(listed.get());
    }
    Map<String, List<TaskState>> byService = new HashMap<>();
    for (Task task : describe(name, arns.stream().sorted().toList())) {
      String group = Optional.ofNullable(task.group()).orElse("");
      if (group.startsWith(OF_SERVICE)) {
        byService
            .computeIfAbsent(group.substring(OF_SERVICE.length()), _ -> new ArrayList<>())
            .add(ServiceViews.state(task));
      }
    }
    cluster.byService = Optional.of(byService);
  }

  Set<String> definitionsRunning(String cluster, String family) {
    ListTasksRequest request =
        ListTasksRequest.builder().cluster(cluster).family(family).build();
    List<String> arns = Pages.all(
        token -> list(request, token), ListTasksResponse::taskArns, ListTasksResponse::nextToken);
    return describe(cluster, arns).stream().map(Task::taskDefinitionArn).collect(toSet());
  }

  private ListTasksResponse list(ListTasksRequest request, @Nullable String token) {
    return ecs.listTasks(request.toBuilder().maxResults(PAGE).nextToken(token).build());
  }

  private List<Task> describe(String cluster, List<String> arns) {
    List<Task> tasks = new ArrayList<>();
    for (List<String> chunk : Pages.chunks(arns, PAGE)) {
      DescribeTasksResponse answer = ecs.describeTasks(
          DescribeTasksRequest.builder().cluster(cluster).tasks(chunk).build());
      FleetReader.refuseUnlessMissing(answer.failures());
      tasks.addAll(answer.tasks());
    }
    return tasks;
  }
}
