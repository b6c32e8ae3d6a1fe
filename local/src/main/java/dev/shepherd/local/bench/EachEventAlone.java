package dev.shepherd.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.world.World;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * What a function does that EventBridge calls once for each event, and that may stop the task only
 * where its service can spare it: it knows nothing from before, so it reads the service, its
 * definition and its tasks. Four calls for a service of up to 100 tasks; fewer cannot do. It stops
 * nothing here, and takes no time.
 */
final class EachEventAlone {
  /**
   * <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html">What
   * ECS allows</a> of ListTasks and DescribeTasks: at once, and each second.
   */
  private static final int BURST = 100;

  private static final int PER_SECOND = 20;

  private final AwsFace face;
  private final EcsClient ecs;

  EachEventAlone(World world) {
    face = new AwsFace(world);
    ecs = EcsClient.builder()
        .httpClient(new InProcessHttpClient(face, world.clock(), Duration.ZERO))
        .build();
  }

  /** Whether a container of a service's task has stopped while the task runs on. */
  static boolean matters(JsonNode event) {
    JsonNode detail = event.path("detail");
    boolean stopped = detail.path("containers").findValuesAsText("lastStatus").contains("STOPPED");
    return event.path("detail-type").asText().equals("ECS Task State Change")
        && detail.path("group").asText().startsWith("service:")
        && detail.path("lastStatus").asText().equals("RUNNING")
        && stopped;
  }

  void handle(JsonNode event) {
    String cluster = event.path("detail").path("clusterArn").asText();
    String name = event.path("detail").path("group").asText().substring("service:".length());
    Service service = ecs.describeServices(ask -> ask.cluster(cluster).services(name))
        .services()
        .getFirst();
    ecs.describeTaskDefinition(ask -> ask.taskDefinition(service.taskDefinition()));
    for (ListTasksResponse page :
        ecs.listTasksPaginator(ask -> ask.cluster(cluster).serviceName(name))) {
      List<String> tasks = page.taskArns();
      ecs.describeTasks(ask -> ask.cluster(cluster).tasks(tasks));
    }
  }

  int calls() {
    return face.calls().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How long AWS's bucket of task reads alone makes them take, if nobody else reads. */
  double secondsAtAwsRates() {
    int reads = face.calls().getOrDefault("ecs:ListTasks", 0)
        + face.calls().getOrDefault("ecs:DescribeTasks", 0);
    return Math.max(0, reads - BURST) / (double) PER_SECOND;
  }
}
