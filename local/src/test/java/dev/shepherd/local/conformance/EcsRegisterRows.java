package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.ROLE;
import static dev.shepherd.local.conformance.Fixture.container;
import static dev.shepherd.local.conformance.Fixture.definition;
import static dev.shepherd.local.conformance.Fixture.register;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Registering task definitions. */
final class EcsRegisterRows {
  private static final String CLIENT = "ClientException";

  private EcsRegisterRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("registering definitions");
    registering(rows);
    refused(rows);
    return rows;
  }

  private static void registering(Rows rows) {
    rows.row("RegisterTaskDefinition", "Each registration is a revision, equal or not", side -> {
      assertThat(register(side, "shop")).endsWith(":task-definition/shop:1");
      assertThat(register(side, "shop")).endsWith(":task-definition/shop:2");
      side.ecs().deregisterTaskDefinition(each -> each.taskDefinition("shop:2"));
      assertThat(register(side, "shop")).endsWith(":task-definition/shop:3");
    });
    rows.row(
            "RegisterTaskDefinition",
            "What was registered is echoed, ACTIVE, by whom and when",
            side -> {
              ContainerDefinition app = container("app")
                  .secrets(Secret.builder().name("CONFIG").valueFrom("/config").build())
                  .build();
              TaskDefinition echo = side.ecs()
                  .registerTaskDefinition(definition("shop")
                      .executionRoleArn(ROLE)
                      .containerDefinitions(app)
                      .build())
                  .taskDefinition();
              assertThat(echo.statusAsString()).isEqualTo("ACTIVE");
              assertThat(echo.cpu()).isEqualTo("256");
              assertThat(echo.executionRoleArn()).isEqualTo(ROLE);
              assertThat(echo.containerDefinitions().getFirst().secrets()).isEqualTo(app.secrets());
              assertThat(echo.registeredAt()).isNotNull();
              assertThat(echo.registeredBy()).startsWith("arn:aws:");
            })
        .movesAway(
            "not to be null", "The local world: moto has no registeredAt and no registeredBy");
    rows.row("ContainerDefinition", "A container is essential unless it says otherwise", side -> {
      ContainerDefinition echo = side.ecs()
          .registerTaskDefinition(definition("shop").build())
          .taskDefinition()
          .containerDefinitions()
          .getFirst();
      assertThat(echo.essential()).isTrue();
      assertThat(echo.hasEnvironment()).as("empty lists are shown").isTrue();
    });
    rows.row("HealthCheck", "A health check is filled up: 30 s, 5 s, 3 retries", side -> {
          ContainerDefinition app = container("app")
              .healthCheck(each -> each.command("CMD", "/healthcheck"))
              .build();
          HealthCheck check = side.ecs()
              .registerTaskDefinition(
                  definition("shop").containerDefinitions(app).build())
              .taskDefinition()
              .containerDefinitions()
              .getFirst()
              .healthCheck();
          assertThat(List.of(check.interval(), check.timeout(), check.retries()))
              .containsExactly(30, 5, 3);
        })
        .movesAway(
            "NullPointerException",
            "The local world: moto echoes a health check as it came, without the defaults");
    rows.row(
        "TaskDefinition",
        "What fits Fargate has it among its compatibilities",
        side -> assertThat(side.ecs()
                .registerTaskDefinition(definition("shop").build())
                .taskDefinition()
                .compatibilitiesAsStrings())
            .containsExactlyInAnyOrder("EC2", "FARGATE"));
  }

  private static void refused(Rows rows) {
    rows.row("RegisterTaskDefinition", "A family has letters, digits, - and _, up to 255", side -> {
          assertThat(refused(side, definition("my shop"))).isEqualTo(CLIENT);
          assertThat(refused(side, definition("s".repeat(256)))).isEqualTo(CLIENT);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes any family");
    rows.row(
            "RegisterTaskDefinition",
            "Fargate needs awsvpc",
            side -> assertThat(refused(side, definition("shop").networkMode("bridge")))
                .isEqualTo(CLIENT))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto checks nothing of it");
    rows.row(
            "RegisterTaskDefinition",
            "Fargate needs cpu and memory of the task",
            side -> assertThat(refused(side, definition("shop").cpu(null))).isEqualTo(CLIENT))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto checks nothing of it");
    rows.row(
        "ContainerDefinition",
        "Without the task's memory a container needs its own",
        side -> assertThat(refused(
                side,
                RegisterTaskDefinitionRequest.builder()
                    .family("shop")
                    .containerDefinitions(container("app").memory(null).build())))
            .isEqualTo(CLIENT));
    rows.row(
            "ContainerDefinition",
            "At least one container is essential",
            side -> assertThat(refused(
                    side,
                    definition("shop")
                        .containerDefinitions(container("app").essential(false).build())))
                .isEqualTo(CLIENT))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto registers a task that nothing holds up");
    rows.row(
            Rows.guide("task_execution_IAM_role"),
            "Secrets need an execution role",
            side -> assertThat(
                    refused(side, definition("shop").containerDefinitions(reading("/config"))))
                .isEqualTo(CLIENT))
        .movesAway(
            "none: the call was answered",
            "The local world: without a role ECS cannot read a secret, and says so when it is registered; moto does not");
    rows.row(
            Rows.guide("secrets-envvar-ssm-paramstore"),
            "A secret from Parameter Store is a name or an ARN: no version, no label",
            side -> assertThat(refused(
                    side,
                    definition("shop")
                        .executionRoleArn(ROLE)
                        .containerDefinitions(reading("/config:2"))))
                .isEqualTo(CLIENT))
        .movesAway(
            "none: the call was answered",
            "The local world: AWS refuses a version there, which is why Shepherd copies each config to a name of its own; moto takes it");
  }

  private static ContainerDefinition reading(String parameter) {
    return container("app")
        .secrets(Secret.builder().name("CONFIG").valueFrom(parameter).build())
        .build();
  }

  private static String refused(Side side, RegisterTaskDefinitionRequest.Builder request) {
    return refusal(() -> side.ecs().registerTaskDefinition(request.build()));
  }
}
