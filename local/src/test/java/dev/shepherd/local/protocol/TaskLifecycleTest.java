package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.app;
import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class TaskLifecycleTest {
  private static final String CONFIG = LocalAws.CONFIG;

  private final LocalAws aws = new LocalAws();

  @BeforeEach
  void putConfig() {
    aws.world.parameters().put(CONFIG, "first");
  }

  private Task describe(WorldTask task) {
    return aws.ecs
        .describeTasks(each -> each.cluster("prod").tasks(task.arn()))
        .tasks()
        .getFirst();
  }

  @Test
  void aServicesTasksComeUpWithTheTextOfThatMoment() {
    String definition = aws.register("gateway", collector(true, true));
    aws.ecs.createService(LocalAws.service("gateway", definition, 3).build());
    aws.pass(Duration.ofMinutes(2));

    var tasks = aws.tasks("gateway");
    assertThat(tasks).hasSize(3);
    assertThat(tasks)
        .allSatisfy(task ->
            assertThat(task.secrets()).isEqualTo(Map.of("collector", Map.of(CONFIG, "first"))));
    assertThat(tasks.stream().map(WorldTask::availabilityZone))
        .containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b", "eu-west-1c");
    Task shown = describe(tasks.getFirst());
    assertThat(shown.lastStatus()).isEqualTo("RUNNING");
    assertThat(shown.healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(shown.version()).isEqualTo(3);
    assertThat(shown.group()).isEqualTo("service:gateway");
    assertThat(shown.containers().getFirst().imageDigest()).startsWith("sha256:");
    assertThat(shown.attachments().getFirst().details())
        .anySatisfy(each -> assertThat(each.value()).isEqualTo(tasks.getFirst().address()));
    var service = aws.ecs
        .describeServices(each -> each.cluster("prod").services("gateway"))
        .services();
    assertThat(service.getFirst().runningCount()).isEqualTo(3);
    assertThat(service.getFirst().deployments().getFirst().rolloutStateAsString())
        .isEqualTo("COMPLETED");
    assertThat(shown.startedBy())
        .isEqualTo(service.getFirst().deployments().getFirst().id());

    aws.world.parameters().put(CONFIG, "second");
    aws.ecs.stopTask(each -> each.cluster("prod").task(tasks.getFirst().arn()).reason("why"));
    aws.pass(Duration.ofMinutes(2));
    assertThat(aws.tasks("gateway"))
        .extracting(task -> task.container("collector").orElseThrow().secrets().get(CONFIG))
        .containsExactlyInAnyOrder("first", "first", "second");
    assertThat(describe(tasks.getFirst()))
        .satisfies(task -> assertThat(task.lastStatus()).isEqualTo("STOPPED"))
        .satisfies(task -> assertThat(task.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED))
        .satisfies(task -> assertThat(task.stoppedReason()).isEqualTo("why"))
        .satisfies(task -> assertThat(task.version()).isEqualTo(6));
    aws.pass(Duration.ofHours(2));
    assertThat(aws.ecs
            .describeTasks(each -> each.cluster("prod").tasks(tasks.getFirst().arn()))
            .failures())
        .extracting(each -> each.reason())
        .containsExactly("MISSING");
  }

  @Test
  void aMissingParameterStopsTheTaskBeforeItRuns() {
    aws.world.parameters().delete(CONFIG);
    String definition = aws.register("gateway", collector(true, true));
    var run = aws.ecs.runTask(each -> each.cluster("prod")
        .taskDefinition(definition)
        .launchType("FARGATE")
        .networkConfiguration(LocalAws.network()));
    aws.pass(Duration.ofMinutes(1));
    Task task = aws.ecs
        .describeTasks(each -> each.cluster("prod").tasks(run.tasks().getFirst().taskArn()))
        .tasks()
        .getFirst();
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(task.stoppedReason())
        .startsWith("ResourceInitializationError")
        .endsWith("invalid ssm parameters: " + CONFIG);
    assertThat(task.group()).isEqualTo("family:gateway");
  }

  @Test
  void aSidecarsEndLeavesItsTaskRunningAndAnEssentialOnesDoesNot() {
    String definition = aws.register("shop", app(), collector(false, true));
    aws.ecs.createService(LocalAws.service("shop", definition, 1).build());
    aws.pass(Duration.ofMinutes(2));
    WorldTask task = aws.tasks("shop").getFirst();
    int before = aws.events("ECS Task State Change").size();

    aws.world.ecs().health(task, "collector", HealthStatus.UNHEALTHY);
    aws.pass(Duration.ofMinutes(1));
    assertThat(aws.events("ECS Task State Change")).hasSize(before);
    assertThat(describe(task).healthStatus()).isEqualTo(HealthStatus.UNKNOWN);

    aws.world.ecs().kill(task, "collector", 1);
    assertThat(aws.events("ECS Task State Change")).hasSize(before + 1);
    var event = aws.events.getLast().get("detail");
    assertThat(event.get("lastStatus").textValue()).isEqualTo("RUNNING");
    assertThat(event.get("version").intValue()).isEqualTo(4);
    assertThat(event.findValues("healthStatus")).isEmpty();
    aws.pass(Duration.ofMinutes(1));
    assertThat(describe(task).lastStatus()).isEqualTo("RUNNING");
    assertThat(describe(task).containers().getLast().exitCode()).isEqualTo(1);

    aws.world.ecs().kill(task, "app", 2);
    aws.pass(Duration.ofMinutes(2));
    assertThat(describe(task).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(aws.tasks("shop")).hasSize(1).doesNotContain(task);
  }

  @Test
  void twoWorldsWithOneSeedAreEqual() {
    var first = run();
    assertThat(run()).isEqualTo(first);
  }

  private static String run() {
    LocalAws aws = new LocalAws();
    aws.world.parameters().put(CONFIG, "first");
    String definition = aws.register("gateway", collector(true, true));
    aws.ecs.createService(LocalAws.service("gateway", definition, 5).build());
    aws.pass(Duration.ofMinutes(3));
    aws.tasks("gateway").stream()
        .limit(2)
        .forEach(task -> aws.world.ecs().kill(task, "collector", 1));
    aws.pass(Duration.ofMinutes(3));
    return aws.events.toString();
  }
}
