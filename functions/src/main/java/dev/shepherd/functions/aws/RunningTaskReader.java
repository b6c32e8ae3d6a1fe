package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Reads the tasks of many services that should run, in full pages: each service's or none of it.
 *
 * <p>Calls in one cluster, for S services with n tasks, of N in the whole cluster: listed by
 * service, Σ max(1, ⌈nᵢ/100⌉) ListTasks and ⌈n/100⌉ DescribeTasks; listed all together, max(1,
 * ⌈N/100⌉) and ⌈N/100⌉. The way that takes fewer is gone.
 */
public final class RunningTaskReader {
  private static final int PAGE = 100;
  private static final String GROUP = "service:";

  /** More tasks than are ever listed together. */
  private static final int UNKNOWN = Integer.MAX_VALUE / 2;

  private final EcsReads ecs;

  public RunningTaskReader(EcsReads ecs) {
    this.ecs = ecs;
  }

  /**
   * The tasks of each service.
   *
   * @param inCluster how many tasks all services of a cluster have together
   * @param failed takes what could not be read whole, by the service's or cluster's name, and why
   * @return without those services
   */
  public Map<ServiceName, List<TaskState>> running(
      Collection<ServiceState> services,
      Map<String, Integer> inCluster,
      BiConsumer<String, String> failed) {
    Map<ServiceName, List<TaskState>> tasks = new TreeMap<>();
    byCluster(services).forEach((cluster, sizes) -> {
      int all = inCluster.getOrDefault(cluster, UNKNOWN);
      tasks.putAll(
          TaskCalls.together(all) < TaskCalls.byService(sizes.values())
              ? together(cluster, sizes.keySet(), Pages.holding(all), failed)
              : byService(cluster, sizes.keySet(), failed));
    });
    return tasks;
  }

  /**
   * As many of these services as can be read with so many calls: all, or, from the first on, those
   * that {@link TaskCalls#some} of the calls suffice for.
   *
   * @param inCluster how many tasks all services of a cluster have together
   */
  public List<ServiceState> within(
      int calls, List<ServiceState> services, Map<String, Integer> inCluster) {
    int needed = byCluster(services).entrySet().stream()
        .mapToInt(each -> Math.min(
            TaskCalls.together(inCluster.getOrDefault(each.getKey(), UNKNOWN)),
            TaskCalls.byService(each.getValue().values())))
        .sum();
    TaskCalls sum = new TaskCalls();
    return needed <= calls
        ? services
        : services.stream()
            .filter(
                service -> sum.fit(TaskCalls.some(calls), Map.of(service.name(), size(service))))
            .toList();
  }

  private static int size(ServiceState service) {
    return Math.max(service.desired(), service.running());
  }

  private static Map<String, Map<ServiceName, Integer>> byCluster(
      Collection<ServiceState> services) {
    Map<String, Map<ServiceName, Integer>> clusters = new TreeMap<>();
    services.forEach(service -> clusters
        .computeIfAbsent(service.name().cluster(), _ -> new TreeMap<>())
        .put(service.name(), size(service)));
    return clusters;
  }

  private Map<ServiceName, List<TaskState>> together(
      String cluster, Set<ServiceName> services, int pages, BiConsumer<String, String> failed) {
    Map<ServiceName, List<TaskState>> tasks = new HashMap<>();
    try {
      services.forEach(service -> tasks.put(service, new ArrayList<>()));
      for (List<String> chunk : Pages.chunks(list(cluster, null, pages), PAGE)) {
        describe(cluster, chunk)
            .forEach(task -> owner(cluster, task)
                .flatMap(owner -> Optional.ofNullable(tasks.get(owner)))
                .ifPresent(own -> own.add(ServiceViews.state(task))));
      }
      return tasks;
    } catch (SdkException | ReconcileException refused) {
      failed.accept(cluster, "its tasks could not all be read: " + reason(refused));
      return Map.of();
    }
  }

  private static Optional<ServiceName> owner(String cluster, Task task) {
    return Optional.ofNullable(task.group())
        .filter(group -> group.startsWith(GROUP))
        .map(group -> new ServiceName(cluster, group.substring(GROUP.length())));
  }

  private Map<ServiceName, List<TaskState>> byService(
      String cluster, Set<ServiceName> services, BiConsumer<String, String> failed) {
    Map<ServiceName, List<TaskState>> tasks = new HashMap<>();
    Map<String, ServiceName> owners = new LinkedHashMap<>();
    for (ServiceName service : services) {
      try {
        list(cluster, service.service(), Pages.MAX_PAGES).forEach(arn -> owners.put(arn, service));
        tasks.put(service, new ArrayList<>());
      } catch (ServiceNotFoundException _) {
        tasks.put(service, List.of()); // It was deleted since; nothing is left to look after.
      } catch (SdkException | ReconcileException refused) {
        failed.accept(service.toString(), "its tasks could not all be read: " + reason(refused));
      }
    }
    describe(cluster, owners, tasks, failed);
    return tasks;
  }

  private void describe(
      String cluster,
      Map<String, ServiceName> owners,
      Map<ServiceName, List<TaskState>> tasks,
      BiConsumer<String, String> failed) {
    for (List<String> chunk : Pages.chunks(List.copyOf(owners.keySet()), PAGE)) {
      try {
        for (Task task : describe(cluster, chunk)) {
          Optional.ofNullable(owners.get(task.taskArn()))
              .flatMap(owner -> Optional.ofNullable(tasks.get(owner)))
              .ifPresent(own -> own.add(ServiceViews.state(task)));
        }
      } catch (SdkException | ReconcileException refused) {
        Set<ServiceName> partial = new HashSet<>();
        chunk.forEach(arn -> Optional.ofNullable(owners.get(arn)).ifPresent(partial::add));
        tasks.keySet().removeAll(partial);
        failed.accept(
            partial.stream().map(ServiceName::toString).sorted().collect(Collectors.joining(", ")),
            "not all tasks could be described: " + reason(refused));
      }
    }
  }

  private static String reason(RuntimeException refused) {
    return refused instanceof SdkException sdk
        ? AwsError.describe(sdk)
        : String.valueOf(refused.getMessage());
  }

  private List<String> list(String cluster, @Nullable String service, int pages) {
    return Pages.all(
        pages,
        token -> ecs.listTasks(ListTasksRequest.builder()
            .cluster(cluster)
            .serviceName(service)
            .maxResults(PAGE)
            .nextToken(token)
            .build()),
        ListTasksResponse::taskArns,
        ListTasksResponse::nextToken);
  }

  private List<Task> describe(String cluster, List<String> tasks) {
    DescribeTasksResponse answer = ecs.describeTasks(
        DescribeTasksRequest.builder().cluster(cluster).tasks(tasks).build());
    FleetReader.refuseUnlessMissing(answer.failures());
    return answer.tasks();
  }

  /** These tasks as they are right now; one that is gone is left out. At most 100, in one call. */
  public List<TaskState> again(String cluster, List<String> ids) {
    return describe(cluster, ids).stream().map(ServiceViews::state).toList();
  }
}
