package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.running;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.Task;

/** A service's tasks. */
final class EcsServiceTaskRows {
  private EcsServiceTaskRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("tasks of services");
    kept(rows);
    return rows;
  }

  private static void kept(Rows rows) {
    rows.row("CreateService", "ECS starts and keeps desiredCount tasks", side -> {
          running(side, 3);
          Service shown = described(side, "shop");
          assertThat(shown.runningCount()).isEqualTo(3);
          assertThat(shown.pendingCount()).isZero();
          assertThat(shown.deployments().getFirst().rolloutStateAsString()).isEqualTo("COMPLETED");
          assertThat(
                  side.ecs().listTasks(x -> x.cluster(PROD).serviceName("shop")).taskArns())
              .hasSize(3);
        })
        .movesAway(
            "expected: 3\n but was: 0",
            "The local world: moto stores a service, and never starts a task");
    rows.row(
            "Task",
            "A service's task names its deployment in startedBy, its service in group",
            side -> {
              running(side, 1);
              Task task = tasks(side).getFirst();
              assertThat(task.startedBy())
                  .isEqualTo(described(side, "shop").deployments().getFirst().id());
              assertThat(task.group()).isEqualTo("service:shop");
            })
        .movesAway("NoSuchElementException", "The local world: moto's services have no tasks");
    rows.row("ListTasks", "serviceName limits ListTasks to the service's tasks", side -> {
          running(side, 1);
          Fixture.task(side, each -> each);
          assertThat(side.ecs().listTasks(x -> x.cluster(PROD)).taskArns()).hasSize(2);
          assertThat(
                  side.ecs().listTasks(x -> x.cluster(PROD).serviceName("shop")).taskArns())
              .hasSize(1);
        })
        .movesAway(
            "Expected size: 2 but was: 1",
            "The local world: moto's services have no tasks, and ListTasks ignores serviceName");
    rows.row(Rows.guide("ecs_services"), "A service's task that is stopped is replaced", side -> {
          running(side, 1);
          String first = tasks(side).getFirst().taskArn();
          side.ecs().stopTask(each -> each.cluster(PROD).task(first));
          side.pass(Duration.ofMinutes(5));
          assertThat(tasks(side))
              .singleElement()
              .satisfies(task -> assertThat(task.taskArn()).isNotEqualTo(first));
        })
        .movesAway("NoSuchElementException", "The local world: moto's services have no tasks");
    rows.row("UpdateService", "desiredCount is reached without a new deployment", side -> {
          running(side, 1);
          String before = described(side, "shop").deployments().getFirst().id();
          side.ecs().updateService(each -> each.cluster(PROD).service("shop").desiredCount(2));
          side.pass(Duration.ofMinutes(5));
          Service shown = described(side, "shop");
          assertThat(shown.runningCount()).isEqualTo(2);
          assertThat(tasks(side)).hasSize(2);
          assertThat(shown.deployments().getFirst().id()).isEqualTo(before);
        })
        .movesAway(
            "Expected size: 2 but was: 0",
            "The local world: moto counts to desiredCount at once, without a task");
    rows.row(
            Rows.guide("service-discovery"),
            "A service with a registry registers its tasks, with ECS's attributes",
            side -> {
              String cart =
                  CloudMapFixture.cart(side, each -> each.healthCheckCustomConfig(x -> {}));
              String registry =
                  side.cloudMap().getService(x -> x.id(cart)).service().arn();
              String definition = shop(side);
              side.ecs()
                  .createService(service(side, "shop", definition)
                      .desiredCount(1)
                      .serviceRegistries(
                          ServiceRegistry.builder().registryArn(registry).build())
                      .build());
              side.pass(Duration.ofMinutes(5));
              assertThat(side.cloudMap().listInstances(x -> x.serviceId(cart)).instances())
                  .singleElement()
                  .satisfies(instance -> assertThat(instance.attributes())
                      .containsAllEntriesOf(Map.of(
                          "ECS_SERVICE_NAME", "shop",
                          "ECS_CLUSTER_NAME", PROD,
                          "ECS_TASK_DEFINITION_FAMILY", "shop",
                          "REGION", "eu-west-1"))
                      .containsKeys("AWS_INSTANCE_IPV4", "AVAILABILITY_ZONE"));
            })
        .movesAway(
            "Expected size: 1 but was: 0",
            "The local world: moto echoes serviceRegistries and registers nothing");
  }

  /** The tasks that are wanted, as DescribeTasks shows them. */
  static java.util.List<Task> tasks(Side side) {
    var arns = side.ecs().listTasks(x -> x.cluster(PROD)).taskArns();
    return arns.isEmpty()
        ? java.util.List.of()
        : side.ecs().describeTasks(x -> x.cluster(PROD).tasks(arns)).tasks();
  }
}
