package dev.shepherd.local.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/**
 * Tasks that RunTask starts. A call that <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html">repeats a
 * clientToken</a>, as the SDK's retries do, gets the tasks of the first.
 */
final class StandaloneTasks {
  private static final int MOST_TOKENS = 1_000;

  private record Run(RunTaskRequest request, List<WorldTask> tasks) {}

  private final TaskOrders orders;
  private final Function<TaskOrder, Optional<WorldTask>> place;
  private final Map<String, Run> byToken = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
      return size() > MOST_TOKENS;
    }
  };

  /** {@code place} starts one task; empty where it has no place. */
  StandaloneTasks(TaskOrders orders, Function<TaskOrder, Optional<WorldTask>> place) {
    this.orders = orders;
    this.place = place;
  }

  List<WorldTask> run(WorldCluster cluster, RunTaskRequest request) {
    String token = request.clientToken();
    if (token == null) {
      return start(cluster, request);
    }
    Run before = byToken.get(token);
    if (before == null) {
      List<WorldTask> started = start(cluster, request);
      byToken.put(token, new Run(request, started));
      return started;
    }
    if (!before.request.equals(request)) {
      throw AwsFailure.refused(
              "ConflictException", "The clientToken was used with other parameters.")
          .with("resourceIds", before.tasks.stream().map(WorldTask::arn).toList());
    }
    return before.tasks;
  }

  private List<WorldTask> start(WorldCluster cluster, RunTaskRequest request) {
    TaskOrder order = orders.of(cluster, request);
    if (order.launchType() == LaunchType.EC2
        && order.capacityProvider().isEmpty()
        && cluster.hosts().isEmpty()) {
      throw AwsFailure.invalidParameter("No Container Instances were found in your cluster.");
    }
    int count = request.count() == null ? 1 : request.count();
    return IntStream.range(0, count)
        .mapToObj(each -> place.apply(order))
        .flatMap(Optional::stream)
        .toList();
  }
}
