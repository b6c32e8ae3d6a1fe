package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.EcsServiceTaskRows.tasks;
import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.register;
import static dev.shepherd.local.conformance.Fixture.running;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** What starts a deployment, and what it shows. */
final class EcsDeploymentRows {
  private EcsDeploymentRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("deployments");
    rows.row(
            "UpdateService",
            "Another definition starts a deployment; the former drains beside it",
            side -> {
              running(side, 2);
              String second = register(side, "shop");
              Service shown = side.ecs()
                  .updateService(x -> x.cluster(PROD).service("shop").taskDefinition("shop:2"))
                  .service();
              assertThat(shown.taskDefinition()).isEqualTo(second);
              assertThat(shown.deployments())
                  .extracting(Deployment::status)
                  .containsExactly("PRIMARY", "ACTIVE");
              assertThat(shown.deployments())
                  .extracting(Deployment::taskDefinition)
                  .satisfies(each -> assertThat(each.getFirst()).isEqualTo(second));
            })
        .movesAway(
            "but was: \"shop:2\"",
            "The local world: moto stores the definition as it is given, and shows no deployment of it");
    rows.row(
            Rows.guide("deployment-type-ecs"),
            "In the end a deployment's tasks have replaced the former's",
            side -> {
              running(side, 2);
              String second = register(side, "shop");
              side.ecs().updateService(x -> x.cluster(PROD).service("shop").taskDefinition(second));
              side.pass(Duration.ofMinutes(10));
              assertThat(tasks(side))
                  .hasSize(2)
                  .extracting(Task::taskDefinitionArn)
                  .containsOnly(second);
              assertThat(described(side, "shop").deployments()).hasSize(1);
            })
        .movesAway("Expected size: 2 but was: 0", "The local world: moto's services have no tasks");
    rows.row("UpdateService", "The same definition again starts no deployment", side -> {
      String definition = shop(side);
      side.ecs().createService(service(side, "shop", definition).build());
      String before = newest(side);
      side.ecs().updateService(x -> x.cluster(PROD).service("shop").taskDefinition("shop"));
      assertThat(newest(side)).isEqualTo(before);
    });
    rows.row(
        "UpdateService", "forceNewDeployment starts a deployment of the same definition", side -> {
          String definition = shop(side);
          side.ecs().createService(service(side, "shop", definition).build());
          String before = newest(side);
          side.ecs().updateService(x -> x.cluster(PROD).service("shop").forceNewDeployment(true));
          assertThat(newest(side)).isNotEqualTo(before);
          assertThat(described(side, "shop").deployments().getFirst().taskDefinition())
              .isEqualTo(definition);
        });
    rows.row(
        "UpdateService", "Other bounds for deployments are kept, and start no deployment", side -> {
          String definition = shop(side);
          side.ecs().createService(service(side, "shop", definition).build());
          String before = newest(side);
          side.ecs()
              .updateService(x -> x.cluster(PROD)
                  .service("shop")
                  .deploymentConfiguration(each -> each.maximumPercent(150)));
          assertThat(newest(side)).isEqualTo(before);
          assertThat(described(side, "shop").deploymentConfiguration().maximumPercent())
              .isEqualTo(150);
        });
    rows.row("UpdateService", "Another network starts a deployment", side -> {
          String definition = shop(side);
          side.ecs().createService(service(side, "shop", definition).build());
          String before = newest(side);
          var network = side.network();
          var one = network.toBuilder()
              .awsvpcConfiguration(network.awsvpcConfiguration().toBuilder()
                  .subnets(network.awsvpcConfiguration().subnets().getFirst())
                  .build())
              .build();
          side.ecs().updateService(x -> x.cluster(PROD).service("shop").networkConfiguration(one));
          assertThat(newest(side)).isNotEqualTo(before);
        })
        .movesAway("not to be equal to", "The local world, as documented: moto starts none");
    rows.row("UpdateService", "A service under CODE_DEPLOY is given no definition here", side -> {
          String definition = shop(side);
          side.ecs()
              .createService(service(side, "shop", definition)
                  .deploymentController(x -> x.type("CODE_DEPLOY"))
                  .build());
          register(side, "shop");
          assertThat(refusal(() -> side.ecs()
                  .updateService(x -> x.cluster(PROD).service("shop").taskDefinition("shop:2"))))
              .isEqualTo("InvalidParameterException");
        })
        .movesAway(
            "none: the call was answered",
            "The local world: CodeDeploy alone deploys such a service; moto takes it");
    rows.row(
            "ServiceEvent",
            "A service tells what happened, newest first, when it is steady",
            side -> {
              running(side, 1);
              var events = described(side, "shop").events();
              assertThat(events).isNotEmpty();
              assertThat(events.getFirst().message())
                  .isEqualTo("(service shop) has reached a steady state.");
              assertThat(events.getFirst().createdAt())
                  .isAfterOrEqualTo(events.getLast().createdAt());
            })
        .movesAway("not to be empty", "The local world: moto's services say nothing");
    rows.row("Task", "What a deployment's scaling stops says so", side -> {
          running(side, 2);
          side.ecs().updateService(x -> x.cluster(PROD).service("shop").desiredCount(1));
          side.pass(Duration.ofMinutes(5));
          List<String> stopped = side.ecs()
              .listTasks(x -> x.cluster(PROD).serviceName("shop").desiredStatus("STOPPED"))
              .taskArns();
          assertThat(stopped).hasSize(1);
          Task task = side.ecs()
              .describeTasks(x -> x.cluster(PROD).tasks(stopped))
              .tasks()
              .getFirst();
          assertThat(task.stopCodeAsString()).isEqualTo("ServiceSchedulerInitiated");
          assertThat(task.stoppedReason())
              .isEqualTo("Scaling activity initiated by (deployment " + newest(side) + ")");
        })
        .movesAway(
            "Expected size: 1 but was: 0",
            "The local world: moto's services have no tasks. The text is AWS's of 2023 events");
    return rows;
  }

  private static String newest(Side side) {
    return described(side, "shop").deployments().getFirst().id();
  }
}
