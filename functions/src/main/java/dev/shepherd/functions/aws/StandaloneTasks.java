package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/**
 * Reads tasks by who started them, in full pages or not at all. Of n tasks: max(1, ⌈n/100⌉)
 * ListTasks, ⌈n/100⌉ DescribeTasks.
 */
public final class StandaloneTasks {
  private static final int PAGE = 100;

  private final EcsReads ecs;

  public StandaloneTasks(EcsReads ecs) {
    this.ecs = ecs;
  }

  /** The ARNs of the tasks that RunTask's caller gave this mark, and that should run. */
  public List<String> running(String cluster, String startedBy) {
    return list(ListTasksRequest.builder().cluster(cluster).startedBy(startedBy).build());
  }

  /** The ARNs of a service's tasks that should run; none when it is gone. */
  public List<String> running(ServiceName service) {
    try {
      return list(ListTasksRequest.builder()
          .cluster(service.cluster())
          .serviceName(service.service())
          .build());
    } catch (ServiceNotFoundException _) {
      return List.of();
    }
  }

  /** The ARNs of all tasks of a cluster that should run; about {@code expected} of them. */
  public List<String> all(String cluster, int expected) {
    return list(ListTasksRequest.builder().cluster(cluster).build(), Pages.holding(expected));
  }

  /** The ARNs of the tasks of a family that ended, or are about to, within the last hour. */
  public List<String> stopped(String cluster, String family) {
    return list(ListTasksRequest.builder()
        .cluster(cluster)
        .family(family)
        .desiredStatus(DesiredStatus.STOPPED)
        .build());
  }

  /**
   * The ARNs of all tasks of a cluster that ended, or are about to, within the last hour; empty
   * where they are more than so many pages.
   */
  public Optional<List<String>> stopped(String cluster, int pages) {
    return upTo(
        pages,
        ListTasksRequest.builder()
            .cluster(cluster)
            .desiredStatus(DesiredStatus.STOPPED)
            .build());
  }

  private List<String> list(ListTasksRequest request) {
    return list(request, Pages.MAX_PAGES);
  }

  private List<String> list(ListTasksRequest request, int pages) {
    return Pages.all(
        pages,
        token -> page(request, token),
        ListTasksResponse::taskArns,
        ListTasksResponse::nextToken);
  }

  private Optional<List<String>> upTo(int pages, ListTasksRequest request) {
    return Pages.upTo(
        pages,
        token -> page(request, token),
        ListTasksResponse::taskArns,
        ListTasksResponse::nextToken);
  }

  private ListTasksResponse page(ListTasksRequest request, @Nullable String token) {
    return ecs.listTasks(request.toBuilder().maxResults(PAGE).nextToken(token).build());
  }

  /**
   * These tasks of a cluster with their tags, also those that stopped within the last hour; one
   * that is gone is left out.
   *
   * @param tasks ids or ARNs
   */
  public List<Task> describe(String cluster, List<String> tasks) {
    List<Task> found = new ArrayList<>();
    for (List<String> chunk : Pages.chunks(tasks, PAGE)) {
      DescribeTasksResponse answer = ecs.describeTasks(DescribeTasksRequest.builder()
          .cluster(cluster)
          .tasks(chunk)
          .include(TaskField.TAGS)
          .build());
      FleetReader.refuseUnlessMissing(answer.failures());
      found.addAll(answer.tasks());
    }
    return found;
  }
}
