package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldTask;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.*;

/** Tasks. */
final class TasksApi {
  private static final int MAX_RUN = 10;
  private static final int MAX_OVERRIDES = 8192;

  private final Ecs ecs;

  TasksApi(Ecs ecs) {
    this.ecs = ecs;
  }

  void addTo(Operations operations) {
    operations
        .on("RunTask", RunTaskRequest::builder, this::run)
        .on("StopTask", StopTaskRequest::builder, this::stop)
        .on("ListTasks", ListTasksRequest::builder, this::list)
        .on("DescribeTasks", DescribeTasksRequest::builder, this::describe);
  }

  private RunTaskResponse run(RunTaskRequest request) {
    int count = request.count() == null ? 1 : request.count();
    if (count < 1 || count > MAX_RUN) {
      throw AwsFailure.invalidParameter("count must be from 1 to " + MAX_RUN + ".");
    }
    checkOverrides(request);
    WorldCluster cluster = ecs.cluster(Ecs.named(request.cluster()));
    List<WorldTask> tasks = ecs.runTasks(request);
    List<Failure> failures = IntStream.range(tasks.size(), count)
        .mapToObj(each -> Failure.builder()
            .arn(cluster.arn())
            .reason(Ecs.withoutPlace(request))
            .build())
        .toList();
    return RunTaskResponse.builder()
        .tasks(tasks.stream().map(WorldTask::task).toList())
        .failures(failures)
        .build();
  }

  /** The limit is on their JSON. */
  private static void checkOverrides(RunTaskRequest request) {
    if (request.overrides() != null
        && AwsJson.encode(request.overrides()).toString().length() > MAX_OVERRIDES) {
      throw AwsFailure.invalidParameter(
          "Container Overrides length must be at most " + MAX_OVERRIDES);
    }
  }

  private StopTaskResponse stop(StopTaskRequest request) {
    WorldTask task = ecs.findTask(ecs.cluster(Ecs.named(request.cluster())), request.task())
        .orElseThrow(() -> AwsFailure.invalidParameter("The referenced task was not found."));
    ecs.stopTask(task, Optional.ofNullable(request.reason()).orElse("Task stopped by user"));
    return StopTaskResponse.builder().task(task.task()).build();
  }

  private ListTasksResponse list(ListTasksRequest request) {
    WorldCluster cluster = ecs.cluster(Ecs.named(request.cluster()));
    NavigableMap<String, WorldTask> tasks = request.serviceName() == null
        ? cluster.tasks()
        : ecs.service(cluster, request.serviceName()).tasks();
    Page<WorldTask> page = Page.of(
        tasks,
        wanted(request),
        request.nextToken(),
        Page.size(request.maxResults(), 100, 100, EcsApi.INVALID),
        EcsApi.INVALID);
    return ListTasksResponse.builder()
        .taskArns(page.items().stream().map(WorldTask::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private Optional<Task> seen(WorldTask task) {
    return ecs.sight().seen(task.arn(), Task.class, task::task);
  }

  private boolean isWanted(WorldTask task, boolean running) {
    return ecs.sight().isNow()
        ? task.isWanted() == running
        : seen(task)
            .filter(each -> each.desiredStatus().equals("RUNNING") == running)
            .isPresent();
  }

  private Predicate<WorldTask> wanted(ListTasksRequest request) {
    if (request.startedBy() != null
        && (request.serviceName() != null
            || request.family() != null
            || request.containerInstance() != null)) {
      throw AwsFailure.invalidParameter("startedBy cannot be combined with other filters.");
    }
    if (request.desiredStatus() == DesiredStatus.PENDING) {
      return task -> false; // ECS sets no task's desiredStatus to it.
    }
    boolean running = request.desiredStatus() != DesiredStatus.STOPPED;
    return task -> isWanted(task, running)
        && (request.family() == null || task.definition().family().equals(request.family()))
        && (request.startedBy() == null
            || request.startedBy().equals(task.startedBy().orElse("")))
        && (request.containerInstance() == null || task.isOn(request.containerInstance()))
        && (request.launchType() == null || task.task().launchType() == request.launchType());
  }

  private DescribeTasksResponse describe(DescribeTasksRequest request) {
    WorldCluster cluster = ecs.cluster(Ecs.named(request.cluster()));
    Missing.checkCount("Tasks", request.tasks().size(), 100);
    boolean tagged = request.include().contains(TaskField.TAGS);
    List<Task> tasks = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.tasks()) {
      ecs.findTask(cluster, name)
          .flatMap(this::seen)
          .ifPresentOrElse(
              each -> tasks.add(shown(each, tagged)),
              () -> failures.add(Missing.of("task/" + cluster.name() + "/", name)));
    }
    return DescribeTasksResponse.builder().tasks(tasks).failures(failures).build();
  }

  private static Task shown(Task task, boolean tagged) {
    return tagged ? task : task.toBuilder().tags(List.of()).build();
  }
}
