package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shepherd.local.world.Behaviour;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class StandaloneTasksTest {
  private static final CapacityProviderStrategyItem SPOT = CapacityProviderStrategyItem.builder()
      .capacityProvider("FARGATE_SPOT")
      .weight(1)
      .build();
  private static final ContainerOverride HELP =
      ContainerOverride.builder().name("collector").command("--help").build();

  private final LocalAws aws = new LocalAws();
  private String definition = "";

  @BeforeEach
  void putConfig() {
    aws.world.parameters().put(LocalAws.CONFIG, "first");
    definition = aws.register("gateway-shepherd-canary", collector(true, true));
  }

  private RunTaskResponse run(Consumer<RunTaskRequest.Builder> change) {
    return aws.ecs.runTask(each -> change.accept(each.cluster("prod")
        .taskDefinition(definition)
        .startedBy("shepherd-canary")
        .networkConfiguration(LocalAws.network())));
  }

  private Task one(Consumer<RunTaskRequest.Builder> change) {
    return run(change).tasks().getFirst();
  }

  private Task described(Task task) {
    return aws.ecs
        .describeTasks(each -> each.cluster("prod").tasks(task.taskArn()).include(TaskField.TAGS))
        .tasks()
        .getFirst();
  }

  private List<String> listed(DesiredStatus status) {
    return aws.ecs
        .listTasks(each -> each.cluster("prod").startedBy("shepherd-canary").desiredStatus(status))
        .taskArns();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void theyShowWhatTheyWereStartedWith() {
    aws.ecs.tagResource(
        each -> each.resourceArn(definition).tags(tag("shepherd:image", "v0.49.0")));
    var tasks = run(each -> each.count(3)
            .group("canaries")
            .capacityProviderStrategy(SPOT)
            .platformVersion("LATEST")
            .propagateTags("TASK_DEFINITION")
            .enableECSManagedTags(true)
            .tags(tag("shepherd:fleet", "gateway"))
            .overrides(override -> override.memory("1024").containerOverrides(HELP)))
        .tasks();
    aws.pass(Duration.ofMinutes(1));

    assertThat(tasks).extracting(Task::availabilityZone).doesNotHaveDuplicates();
    Task task = described(tasks.getFirst());
    assertThat(task.lastStatus()).isEqualTo("RUNNING");
    assertThat(task.healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(task.launchType()).isEqualTo(LaunchType.FARGATE);
    assertThat(task.capacityProviderName()).isEqualTo("FARGATE_SPOT");
    assertThat(task.platformVersion()).isEqualTo("1.4.0");
    assertThat(task.startedBy()).isEqualTo("shepherd-canary");
    assertThat(task.group()).isEqualTo("canaries");
    assertThat(task.memory()).isEqualTo("1024");
    assertThat(task.overrides().containerOverrides().getFirst().command()).contains("--help");
    assertThat(task.tags())
        .containsExactlyInAnyOrder(
            tag("shepherd:fleet", "gateway"), tag("shepherd:image", "v0.49.0"));
  }

  @Test
  void tagsAndListingsOutliveTheStop() {
    Task task = one(each -> each.launchType("FARGATE"));
    aws.pass(Duration.ofMinutes(1));
    aws.ecs.tagResource(
        each -> each.resourceArn(task.taskArn()).tags(tag("shepherd:drain", "true")));
    assertThat(described(task).tags()).containsExactly(tag("shepherd:drain", "true"));
    aws.ecs.untagResource(each -> each.resourceArn(task.taskArn()).tagKeys("shepherd:drain"));
    assertThat(described(task).tags()).isEmpty();

    aws.ecs.stopTask(
        each -> each.cluster("prod").task(task.taskArn()).reason("shepherd: it is done"));
    assertThat(listed(DesiredStatus.RUNNING)).isEmpty();
    assertThat(listed(DesiredStatus.STOPPED)).containsExactly(task.taskArn());
    aws.pass(Duration.ofMinutes(1));
    assertThat(described(task).stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
    assertThat(described(task).stoppedReason()).isEqualTo("shepherd: it is done");
    assertThat(aws.ecs
            .listTasks(each -> each.cluster("prod")
                .family("gateway-shepherd-canary")
                .desiredStatus(DesiredStatus.STOPPED))
            .taskArns())
        .containsExactly(task.taskArn());
    assertThatThrownBy(() -> aws.ecs.tagResource(
            each -> each.resourceArn(task.taskArn()).tags(tag("shepherd:drain", "true"))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("The specified task is stopped");
  }

  @Test
  void theyBehaveByTheirText() {
    aws.world.ecs().behave("first", new Behaviour.Oom(Duration.ofSeconds(20)));
    Task oom = one(each -> each.launchType("FARGATE"));
    aws.pass(Duration.ofMinutes(1));
    assertThat(described(oom).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(described(oom).containers().getFirst().exitCode()).isEqualTo(137);
    assertThat(described(oom).containers().getFirst().reason()).startsWith("OutOfMemoryError");

    aws.world.ecs().behave("first", new Behaviour.NeverHealthy());
    Task sick = one(each -> each.launchType("FARGATE"));
    aws.pass(Duration.ofMinutes(5));
    assertThat(described(sick).lastStatus()).isEqualTo("RUNNING");
    assertThat(described(sick).healthStatus()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void aRepeatedTokenStartsNothingMore() {
    Task task = one(each -> each.launchType("FARGATE").clientToken("probe-1"));
    assertThat(one(each -> each.launchType("FARGATE").clientToken("probe-1")).taskArn())
        .isEqualTo(task.taskArn());
    assertThat(listed(DesiredStatus.RUNNING)).hasSize(1);
    assertThatThrownBy(
            () -> run(each -> each.launchType("FARGATE").clientToken("probe-1").count(2)))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void aRoleWithoutAccessStopsTheTaskInAwsWords() {
    aws.world
        .ecs()
        .denySecrets((role, parameter) ->
            role.endsWith(":role/execution") && parameter.equals(LocalAws.CONFIG));
    Task task = one(each -> each.launchType("FARGATE"));
    Task other = one(each -> each.launchType("FARGATE")
        .overrides(
            override -> override.executionRoleArn("arn:aws:iam::111122223333:role/another")));
    aws.pass(Duration.ofMinutes(1));
    assertThat(described(task).lastStatus()).isEqualTo("STOPPED");
    assertThat(described(task).stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(described(task).stoppedReason())
        .startsWith("ResourceInitializationError: unable to pull secrets or registry auth")
        .contains(
            "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/execution/",
            "is not authorized to perform: ssm:GetParameters on resource:"
                + " arn:aws:ssm:eu-west-1:111122223333:parameter/collectors/gateway because");
    assertThat(described(other).lastStatus()).isEqualTo("RUNNING");
  }

  @Test
  void anImageThatCannotBePulledStopsTheTask() {
    aws.world.ecs().denyImages(image -> image.endsWith(":v0.49.0"));
    Task task = one(each -> each.launchType("FARGATE"));
    aws.pass(Duration.ofMinutes(1));
    assertThat(described(task).stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(described(task).stoppedReason())
        .startsWith("CannotPullContainerError: pull image manifest has been retried 1 time(s)");
  }

  @Test
  void withoutCapacityNothingStarts() {
    aws.world.ecs().denyCapacity(each -> each.family().equals("gateway-shepherd-canary"));
    RunTaskResponse answer = run(each -> each.launchType("FARGATE").count(2));
    assertThat(answer.tasks()).isEmpty();
    assertThat(answer.failures())
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.reason()).startsWith("Capacity is unavailable"));

    aws.ecs.createService(LocalAws.service("gateway", definition, 1).build());
    aws.pass(Duration.ofMinutes(1));
    assertThat(
            aws.events("ECS Service Action").getFirst().at("/detail/eventName").textValue())
        .isEqualTo("SERVICE_TASK_PLACEMENT_FAILURE");
    assertThat(aws.events("ECS Service Action").getFirst().at("/detail/reason").textValue())
        .isEqualTo("RESOURCE:FARGATE");
    aws.world.ecs().denyCapacity(each -> false);
    aws.pass(Duration.ofMinutes(3));
    assertThat(aws.tasks("gateway")).hasSize(1).allMatch(WorldTask::isRunning);
  }

  @Test
  void aSpotInterruptionStopsTheTask() {
    Task task = one(each -> each.launchType("FARGATE"));
    aws.pass(Duration.ofMinutes(1));
    aws.world
        .ecs()
        .findTask(aws.world.ecs().cluster("prod"), task.taskArn())
        .ifPresent(aws.world.ecs()::interruptSpot);
    aws.pass(Duration.ofMinutes(1));
    assertThat(described(task).stopCode()).isEqualTo(TaskStopCode.SPOT_INTERRUPTION);
    assertThat(described(task).stoppedReason()).isEqualTo("Your Spot Task was interrupted.");
  }
}
