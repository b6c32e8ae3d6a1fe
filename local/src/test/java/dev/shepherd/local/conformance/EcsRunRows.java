package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.definition;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.overriding;
import static dev.shepherd.local.conformance.Fixture.run;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Fixture.tag;
import static dev.shepherd.local.conformance.Fixture.task;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** RunTask. */
final class EcsRunRows {
  private static final String INVALID = "InvalidParameterException";

  private EcsRunRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("RunTask");
    asked(rows);
    tokens(rows);
    refused(rows);
    return rows;
  }

  private static void asked(Rows rows) {
    rows.row("RunTask", "A task's group is family:FAMILY unless given; startedBy is kept", side -> {
      shop(side);
      Task task = task(side, each -> each.startedBy("me"));
      assertThat(task.group()).isEqualTo("family:shop");
      assertThat(task.startedBy()).isEqualTo("me");
      assertThat(task(side, each -> each.group("mine")).group()).isEqualTo("mine");
    });
    rows.row("RunTask", "A bare family runs its newest ACTIVE revision", side -> {
      shop(side);
      String second = Fixture.register(side, "shop");
      assertThat(task(side, each -> each.taskDefinition("shop")).taskDefinitionArn())
          .isEqualTo(second);
    });
    rows.row("RunTask", "propagateTags TASK_DEFINITION adds the definition's tags", side -> {
          shop(side);
          side.ecs()
              .registerTaskDefinition(definition("shop").tags(tag("team", "a")).build());
          Task task =
              task(side, each -> each.propagateTags("TASK_DEFINITION").tags(tag("mine", "b")));
          assertThat(described(side, task).tags())
              .extracting(tag -> tag.key() + "=" + tag.value())
              .containsExactlyInAnyOrder("team=a", "mine=b");
        })
        .movesAway("team=a", "The local world, as documented: moto ignores propagateTags");
    rows.row("RunTask", "overrides replace by the container's name, and are shown", side -> {
      shop(side);
      Task task = task(side, overriding("app", "1"));
      assertThat(
              described(side, task).overrides().containerOverrides().getFirst().environment())
          .extracting(KeyValuePair::value)
          .containsExactly("1");
    });
    rows.row("ListTasks", "startedBy finds the tasks that were started with it", side -> {
      shop(side);
      String mine = task(side, each -> each.startedBy("me")).taskArn();
      task(side, each -> each.startedBy("other"));
      assertThat(side.ecs().listTasks(x -> x.cluster(PROD).startedBy("me")).taskArns())
          .containsExactly(mine);
    });
    rows.row("ListTasks", "family finds a family's tasks, also of an INACTIVE revision", side -> {
          shop(side);
          String task = task(side, each -> each).taskArn();
          side.ecs().deregisterTaskDefinition(x -> x.taskDefinition("shop:1"));
          assertThat(side.ecs().listTasks(x -> x.cluster(PROD).family("shop")).taskArns())
              .containsExactly(task);
          assertThat(side.ecs().listTasks(x -> x.cluster(PROD).family("other")).taskArns())
              .isEmpty();
        })
        .movesAway(
            "[]",
            "The local world: a task stays its family's; moto looks among ACTIVE definitions only");
  }

  private static void tokens(Rows rows) {
    rows.row(
            "ECS_Idempotency",
            "A repeated clientToken starts nothing: it shows the first tasks",
            side -> {
              shop(side);
              RunTaskRequest request = run(side).clientToken("once").build();
              String first = side.ecs().runTask(request).tasks().getFirst().taskArn();
              assertThat(side.ecs().runTask(request).tasks())
                  .extracting(Task::taskArn)
                  .containsExactly(first);
              assertThat(side.ecs().listTasks(x -> x.cluster(PROD)).taskArns()).hasSize(1);
            })
        .movesAway(
            "to contain exactly",
            "The local world, as documented: moto ignores the token, so that a retried call starts twice as many");
    rows.row(
            "RunTask",
            "A clientToken used with other parameters is ConflictException, naming the first tasks",
            side -> {
              shop(side);
              String first = task(side, each -> each.clientToken("once")).taskArn();
              try {
                task(side, each -> each.clientToken("once").count(2));
                throw new AssertionError("the call was answered");
              } catch (ConflictException conflict) {
                assertThat(conflict.resourceIds()).containsExactly(first);
              }
            })
        .movesAway(
            "the call was answered", "The local world, as documented: moto ignores the token");
    rows.row("RunTask", "Without a token each call starts tasks", side -> {
      shop(side);
      RunTaskRequest request = run(side).build();
      side.ecs().runTask(request);
      side.ecs().runTask(request);
      assertThat(side.ecs().listTasks(x -> x.cluster(PROD)).taskArns()).hasSize(2);
    });
  }

  private static void refused(Rows rows) {
    rows.row("RunTask", "startedBy has up to 128 letters, digits, - / and _", side -> {
          shop(side);
          for (String bad : List.of("me and you", "x".repeat(129))) {
            assertThat(refusal(() -> task(side, each -> each.startedBy(bad)))).isEqualTo(INVALID);
          }
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes any text");
    rows.row("RunTask", "launchType and capacityProviderStrategy exclude each other", side -> {
          shop(side);
          assertThat(refusal(() -> task(
                  side,
                  each -> each.capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                      .capacityProvider("FARGATE")
                      .build()))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes both");
    rows.row("RunTask", "An override of a container that is not there is refused", side -> {
          shop(side);
          assertThat(refusal(() -> task(side, overriding("none", "1")))).isEqualTo(INVALID);
        })
        .movesAway("none: the call was answered", "The local world: moto takes any name");
    rows.row("RunTask", "overrides have up to 8,192 characters", side -> {
          shop(side);
          assertThat(refusal(() -> task(side, overriding("app", "x".repeat(8_200)))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("RunTask", "An awsvpc definition needs a networkConfiguration", side -> {
      shop(side);
      assertThat(refusal(() -> side.ecs()
              .runTask(x -> x.cluster(PROD).taskDefinition("shop").launchType("FARGATE"))))
          .isEqualTo(INVALID);
    });
    rows.row(
            "https://github.com/aws/amazon-ecs-cli/issues/1122",
            "On EC2 a cluster without container instances is InvalidParameterException",
            side -> {
              shop(side);
              side.ecs()
                  .registerTaskDefinition(x -> x.family("hosted")
                      .networkMode("bridge")
                      .containerDefinitions(Fixture.container("app").build()));
              assertThat(refusal(() -> side.ecs()
                      .runTask(x -> x.cluster(PROD).taskDefinition("hosted").launchType("EC2"))))
                  .isEqualTo(INVALID);
            })
        .movesAway(
            "HTTP 500",
            "The local world, as users report of AWS: moto fails with HTTP 500, which the SDK tries again");
    rows.row("RunTask", "An unknown cluster is ClusterNotFoundException", side -> {
      shop(side);
      assertThat(refusal(() -> task(side, each -> each.cluster("none"))))
          .isEqualTo("ClusterNotFoundException");
    });
    rows.row("RunTask", "An unknown definition is ClientException", side -> {
      shop(side);
      assertThat(refusal(() -> task(side, each -> each.taskDefinition("none"))))
          .isEqualTo("ClientException");
    });
  }
}
