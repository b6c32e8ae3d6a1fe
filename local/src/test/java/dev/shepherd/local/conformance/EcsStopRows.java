package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.ROLE;
import static dev.shepherd.local.conformance.Fixture.container;
import static dev.shepherd.local.conformance.Fixture.definition;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Fixture.tag;
import static dev.shepherd.local.conformance.Fixture.task;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Task;

/** StopTask, and what a stopped task shows. */
final class EcsStopRows {
  private EcsStopRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("stopping");
    stopping(rows);
    listing(rows);
    return rows;
  }

  private static void stopping(Rows rows) {
    rows.row("StopTask", "StopTask turns desiredStatus at once; the task stops after", side -> {
          Task task = ran(side);
          assertThat(stop(side, task).desiredStatus()).isEqualTo("STOPPED");
          assertThat(described(side, task).lastStatus()).isNotEqualTo("STOPPED");
          side.pass(Duration.ofMinutes(3));
          Task stopped = described(side, task);
          assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
          assertThat(stopped.stoppedAt()).isAfterOrEqualTo(stopped.stoppingAt());
        })
        .movesAway(
            "not to be equal to", "The local world, as documented: in moto it has stopped at once");
    rows.row(
            "Task",
            "A task that a caller stopped is UserInitiated, with the caller's reason",
            side -> {
              Task task = ran(side);
              side.ecs().stopTask(x -> x.cluster(PROD).task(task.taskArn()).reason("by hand"));
              side.pass(Duration.ofMinutes(3));
              Task stopped = described(side, task);
              assertThat(stopped.stopCodeAsString()).isEqualTo("UserInitiated");
              assertThat(stopped.stoppedReason()).isEqualTo("by hand");
            })
        .movesAway("but was: null", "The local world, as documented: moto has no stopCode");
    rows.row("StopTask", "Stopping again is answered, and changes nothing", side -> {
      Task task = ran(side);
      stop(side, task);
      side.pass(Duration.ofMinutes(3));
      Task before = described(side, task);
      stop(side, task);
      assertThat(described(side, task).stoppedAt()).isEqualTo(before.stoppedAt());
    });
    rows.row("StopTask", "An unknown task is InvalidParameterException", side -> {
          shop(side);
          assertThat(refusal(() -> side.ecs()
                  .stopTask(x -> x.cluster(PROD).task("0123456789abcdef0123456789abcdef"))))
              .isEqualTo("InvalidParameterException");
        })
        .movesAway(
            "HTTP 500", "The local world: moto fails with HTTP 500, which the SDK tries again");
    rows.row(Rows.guide("ecs_task_events"), "A stopped task's interface is DELETED", side -> {
          Task task = ran(side);
          stop(side, task);
          side.pass(Duration.ofMinutes(3));
          assertThat(described(side, task).attachments().getFirst().status()).isEqualTo("DELETED");
        })
        .movesAway(
            "ATTACHED",
            "The local world, as AWS's samples show: in moto it stays ATTACHED, so that an address looks live");
    rows.row("StopTask", "StopTask deletes the task's tags", side -> {
          shop(side);
          Task task = task(side, each -> each.tags(tag("a", "1")));
          side.pass(Duration.ofMinutes(3));
          stop(side, task);
          side.pass(Duration.ofMinutes(3));
          assertThat(described(side, task).tags()).isEmpty();
        })
        .movesAway("Tag(Key=a", "The local world, as documented: moto keeps them");
    rows.row(
            Rows.guide("resource-initialization-error"),
            "A task whose secret is not there stops before it runs, and says why",
            side -> {
              shop(side);
              side.ecs()
                  .registerTaskDefinition(definition("shop")
                      .executionRoleArn(ROLE)
                      .containerDefinitions(container("app")
                          .secrets(Secret.builder().name("C").valueFrom("/none").build())
                          .build())
                      .build());
              Task task = task(side, each -> each);
              side.pass(Duration.ofMinutes(5));
              Task stopped = described(side, task);
              assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
              assertThat(stopped.startedAt()).isNull();
              assertThat(stopped.stopCodeAsString()).isEqualTo("TaskFailedToStart");
              assertThat(stopped.stoppedReason())
                  .startsWith(
                      "ResourceInitializationError: unable to pull secrets or registry auth:");
            })
        .movesAway("but was: \"RUNNING\"", "The local world, as documented: moto reads no secret");
  }

  private static void listing(Rows rows) {
    rows.row("ListTasks", "ListTasks lists those that should run, unless asked", side -> {
          Task task = ran(side);
          assertThat(listed(side, null)).containsExactly(task.taskArn());
          stop(side, task);
          assertThat(listed(side, null)).isEmpty();
          assertThat(listed(side, "STOPPED")).containsExactly(task.taskArn());
        })
        .movesAway(
            "Expecting empty", "The local world, as documented: moto lists stopped tasks too");
    rows.row("ListTasks", "No task has the desiredStatus PENDING", side -> {
      ran(side);
      assertThat(listed(side, "PENDING")).isEmpty();
    });
    rows.row("DescribeTasks", "A stopped task is shown for an hour at least", side -> {
      Task task = ran(side);
      stop(side, task);
      side.pass(Duration.ofMinutes(60));
      assertThat(described(side, task).lastStatus()).isEqualTo("STOPPED");
    });
    rows.row("ListTasks", "startedBy is the only filter where it is used", side -> {
          ran(side);
          assertThat(refusal(() ->
                  side.ecs().listTasks(x -> x.cluster(PROD).startedBy("me").family("shop"))))
              .isEqualTo("InvalidParameterException");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes both");
  }

  private static List<String> listed(Side side, @org.jspecify.annotations.Nullable String status) {
    return side.ecs().listTasks(x -> x.cluster(PROD).desiredStatus(status)).taskArns();
  }

  private static Task ran(Side side) {
    shop(side);
    Task task = task(side, each -> each);
    side.pass(Duration.ofMinutes(3));
    return task;
  }

  private static Task stop(Side side, Task task) {
    return side.ecs().stopTask(x -> x.cluster(PROD).task(task.taskArn())).task();
  }
}
