package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.app;
import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskField;

final class EcsApiTest {
  private final LocalAws aws = new LocalAws();

  @BeforeEach
  void putConfig() {
    aws.world.parameters().put(LocalAws.CONFIG, "first");
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
