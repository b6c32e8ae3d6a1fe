package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.app;
import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class EcsApiTest {
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
  void listingsHaveAwsPagesAndDefaults() {
    String definition = aws.register("shop", app());
    IntStream.range(0, 12)
        .forEach(
            i -> aws.ecs.createService(LocalAws.service("s" + i, definition, 0).build()));
    assertThat(aws.ecs.listServices(each -> each.cluster("prod")).serviceArns()).hasSize(10);
    assertThat(aws.ecs.listServicesPaginator(each -> each.cluster("prod")).stream()
            .flatMap(page -> page.serviceArns().stream()))
        .hasSize(12);
    aws.ecs.updateService(each -> each.cluster("prod").service("s1").desiredCount(130));
    aws.pass(Duration.ofMinutes(5));
    assertThat(aws.ecs.listTasksPaginator(each -> each.cluster("prod").serviceName("s1")).stream()
            .map(page -> page.taskArns().size()))
        .containsExactly(100, 30);
    aws.ecs.updateService(each -> each.cluster("prod").service("s1").desiredCount(100));
    aws.pass(Duration.ofMinutes(5));
    assertThat(aws.ecs
            .listTasks(
                each -> each.cluster("prod").serviceName("s1").desiredStatus(DesiredStatus.STOPPED))
            .taskArns())
        .hasSize(30);
  }

  @Test
  void answersWithAwsCodes() {
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "s" + i).toList();
    assertThatThrownBy(() -> aws.ecs.listServices(each -> each.cluster("none")))
        .isInstanceOf(ClusterNotFoundException.class);
    assertThatThrownBy(() -> aws.ecs.updateService(each -> each.cluster("prod").service("none")))
        .isInstanceOf(ServiceNotFoundException.class);
    assertThatThrownBy(
            () -> aws.ecs.describeServices(each -> each.cluster("prod").services(eleven)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> aws.ecs.describeTaskDefinition(each -> each.taskDefinition("none")))
        .isInstanceOf(ClientException.class);
    assertThatThrownBy(() -> aws.ecs.stopTask(each -> each.cluster("prod").task("none")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> aws.ecs.listAccountSettings())
        .hasMessageContaining("ListAccountSettings is not available here");
    assertThat(aws.ecs
            .describeServices(each -> each.cluster("prod").services("none"))
            .failures())
        .extracting(each -> each.reason())
        .containsExactly("MISSING");
    assertThat(aws.face.calls()).containsEntry("ecs:DescribeServices", 2);
  }

  @Test
  void revisionsCountUpAndInactiveOnesStayDescribable() {
    String first = aws.register("shop", app(), collector(false, true));
    String second = aws.register("shop", app());
    assertThat(second).endsWith(":2");
    aws.ecs.deregisterTaskDefinition(each -> each.taskDefinition(second));
    assertThat(aws.ecs
            .describeTaskDefinition(each -> each.taskDefinition("shop"))
            .taskDefinition()
            .taskDefinitionArn())
        .isEqualTo(first);
    assertThat(aws.ecs
            .describeTaskDefinition(each -> each.taskDefinition("shop:2"))
            .taskDefinition()
            .statusAsString())
        .isEqualTo("INACTIVE");
    assertThat(aws.ecs.listTaskDefinitions(each -> each.familyPrefix("shop")).taskDefinitionArns())
        .containsExactly(first);
    assertThatThrownBy(
            () -> aws.ecs.createService(LocalAws.service("shop", second, 1).build()))
        .hasMessageContaining("inactive");
  }

  @Test
  void tagsShowOnlyWhenAskedFor() {
    String definition = aws.register("shop", app());
    String arn = aws.ecs
        .createService(LocalAws.service("shop", definition, 1).build())
        .service()
        .serviceArn();
    aws.ecs.tagResource(each -> each.resourceArn(arn)
        .tags(Tag.builder().key("shepherd:managed").value("false").build()));
    aws.pass(Duration.ofMinutes(1));
    String task = aws.tasks("shop").getFirst().arn();
    aws.ecs.tagResource(each -> each.resourceArn(task)
        .tags(Tag.builder().key("shepherd:drain").value("true").build()));

    assertThat(aws.ecs
            .describeServices(
                each -> each.cluster("prod").services("shop").include(ServiceField.TAGS))
            .services()
            .getFirst()
            .tags())
        .hasSize(1);
    assertThat(aws.ecs
            .describeServices(each -> each.cluster("prod").services("shop"))
            .services()
            .getFirst()
            .hasTags())
        .isFalse();
    assertThat(aws.ecs
            .describeTasks(each -> each.cluster("prod").tasks(task).include(TaskField.TAGS))
            .tasks()
            .getFirst()
            .tags())
        .hasSize(1);
  }
}
