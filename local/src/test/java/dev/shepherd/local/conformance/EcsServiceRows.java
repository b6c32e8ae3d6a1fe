package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.running;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import software.amazon.awssdk.services.ecs.model.Service;

/** Services as they are made and taken away. */
final class EcsServiceRows {
  private static final String INVALID = "InvalidParameterException";

  private EcsServiceRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("services");
    made(rows);
    deleted(rows);
    return rows;
  }

  private static void made(Rows rows) {
    rows.row(
            "CreateService",
            "A service is made ACTIVE, as REPLICA, with a PRIMARY deployment",
            side -> {
              String definition = shop(side);
              Service made = side.ecs()
                  .createService(service(side, "shop", definition).build())
                  .service();
              assertThat(made.status()).isEqualTo("ACTIVE");
              assertThat(made.schedulingStrategyAsString()).isEqualTo("REPLICA");
              assertThat(made.taskDefinition()).isEqualTo(definition);
              assertThat(made.deployments()).singleElement().satisfies(each -> {
                assertThat(each.status()).isEqualTo("PRIMARY");
                assertThat(each.id()).startsWith("ecs-svc/");
                assertThat(each.rolloutStateAsString()).isEqualTo("IN_PROGRESS");
              });
            })
        .movesAway(
            "COMPLETED",
            "The local world: a deployment begins IN_PROGRESS, also one of no tasks; moto's is born COMPLETED");
    rows.row(
            "DeploymentConfiguration",
            "Deployments keep 100 % healthy and go up to 200 % unless told otherwise",
            side -> {
              String definition = shop(side);
              var made = side.ecs()
                  .createService(service(side, "shop", definition).build())
                  .service()
                  .deploymentConfiguration();
              assertThat(made.minimumHealthyPercent()).isEqualTo(100);
              assertThat(made.maximumPercent()).isEqualTo(200);
            })
        .movesAway(
            "NullPointerException",
            "The local world, as documented: moto has no deploymentConfiguration");
    rows.row(
            "CreateService",
            "The name of an ACTIVE service is not given again: InvalidParameterException",
            side -> {
              String definition = shop(side);
              side.ecs().createService(service(side, "shop", definition).build());
              assertThat(refusal(() -> side.ecs()
                      .createService(
                          service(side, "shop", definition).desiredCount(3).build())))
                  .isEqualTo(INVALID);
            })
        .movesAway(
            "none: the call was answered",
            "The local world: moto replaces the service, in silence");
    rows.row("CreateService", "CreateService with the same clientToken is answered again", side -> {
          String definition = shop(side);
          var request = service(side, "shop", definition).clientToken("once").build();
          String first = side.ecs()
              .createService(request)
              .service()
              .deployments()
              .getFirst()
              .id();
          assertThat(side.ecs()
                  .createService(request)
                  .service()
                  .deployments()
                  .getFirst()
                  .id())
              .isEqualTo(first);
        })
        .movesAway(
            "ecs-svc/",
            "The local world, as documented: moto ignores the token, and makes the service anew");
    rows.row("CreateService", "An awsvpc definition needs a networkConfiguration", side -> {
          String definition = shop(side);
          assertThat(refusal(() -> side.ecs()
                  .createService(x -> x.cluster(PROD)
                      .serviceName("shop")
                      .launchType("FARGATE")
                      .taskDefinition(definition)
                      .desiredCount(1))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto does without");
    rows.row("CreateService", "An unknown definition is refused", side -> {
      shop(side);
      assertThat(refusal(
              () -> side.ecs().createService(service(side, "shop", "none:1").build())))
          .isIn("ClientException", INVALID);
    });
  }

  private static void deleted(Rows rows) {
    rows.row("DeleteService", "A service that wants tasks is deleted with force only", side -> {
      String definition = shop(side);
      side.ecs().createService(service(side, "shop", definition).desiredCount(1).build());
      assertThat(refusal(() -> side.ecs().deleteService(x -> x.cluster(PROD).service("shop"))))
          .isEqualTo(INVALID);
      side.ecs().deleteService(x -> x.cluster(PROD).service("shop").force(true));
    });
    rows.row(
            "DeleteService",
            "A deleted service is DRAINING, then INACTIVE, and is not listed",
            side -> {
              running(side, 1);
              assertThat(side.ecs()
                      .deleteService(x -> x.cluster(PROD).service("shop").force(true))
                      .service()
                      .status())
                  .isEqualTo("DRAINING");
              assertThat(side.ecs().listServices(x -> x.cluster(PROD)).serviceArns())
                  .isEmpty();
              assertThat(described(side, "shop").status()).isEqualTo("DRAINING");
              side.pass(Duration.ofMinutes(5));
              assertThat(described(side, "shop").status()).isEqualTo("INACTIVE");
            })
        .movesAway("DRAINING", "The local world, as documented: moto has no DRAINING");
    rows.row("DeleteService", "A new service cannot have the name of one that drains", side -> {
          running(side, 1);
          side.ecs().deleteService(x -> x.cluster(PROD).service("shop").force(true));
          assertThat(refusal(
                  () -> side.ecs().createService(service(side, "shop", "shop:1").build())))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no DRAINING");
    rows.row("UpdateService", "An unknown service is ServiceNotFoundException", side -> {
      shop(side);
      String code = "ServiceNotFoundException";
      assertThat(refusal(() -> side.ecs().updateService(x -> x.cluster(PROD).service("none"))))
          .isEqualTo(code);
      assertThat(refusal(() -> side.ecs().deleteService(x -> x.cluster(PROD).service("none"))))
          .isEqualTo(code);
    });
    rows.row("UpdateService", "Updating an INACTIVE service is ServiceNotActiveException", side -> {
          String definition = shop(side);
          side.ecs().createService(service(side, "shop", definition).build());
          side.ecs().deleteService(x -> x.cluster(PROD).service("shop"));
          side.pass(Duration.ofMinutes(5));
          assertThat(refusal(() ->
                  side.ecs().updateService(x -> x.cluster(PROD).service("shop").desiredCount(1))))
              .isEqualTo("ServiceNotActiveException");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto updates it");
  }
}
