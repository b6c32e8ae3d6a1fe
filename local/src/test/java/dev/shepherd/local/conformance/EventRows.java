package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.container;
import static dev.shepherd.local.conformance.Fixture.definition;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Fixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Task;

/** The events that ECS puts onto the default bus. */
final class EventRows {
  private static final String TASK = "ECS Task State Change";

  private EventRows() {}

  static Rows rows() {
    Rows rows = Rows.events("what ECS says");
    tasks(rows);
    services(rows);
    return rows;
  }

  static List<JsonNode> heard(Side side, String detailType) {
    return side.heard().stream()
        .filter(each -> each.path("detail-type").asText().equals(detailType))
        .toList();
  }

  private static void tasks(Rows rows) {
    rows.row(
            Rows.guide("ecs_cwe_events"),
            "A task's changes of state are events, counted by detail.version",
            side -> {
              side.listen();
              Task task = ran(side);
              List<JsonNode> events = heard(side, TASK);
              assertThat(events).isNotEmpty();
              assertThat(events).allSatisfy(event -> {
                assertThat(event.get("source").textValue()).isEqualTo("aws.ecs");
                assertThat(event.get("resources").get(0).textValue()).isEqualTo(task.taskArn());
              });
              List<Long> versions = new ArrayList<>();
              events.forEach(
                  event -> versions.add(event.get("detail").get("version").longValue()));
              assertThat(versions).isSorted().doesNotHaveDuplicates();
              assertThat(versions.getLast())
                  .isEqualTo(Fixture.described(side, task).version());
            })
        .movesAway(
            "not to be empty",
            "The local world, as documented: moto puts no event of ECS onto the bus");
    rows.row(Rows.guide("ecs_task_events"), "No event tells of health", side -> {
          side.listen();
          ran(side);
          List<JsonNode> events = heard(side, TASK);
          assertThat(events).isNotEmpty();
          assertThat(events.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain("health");
        })
        .movesAway(
            "not to be empty",
            "The local world, as documented: moto puts no event of ECS onto the bus");
    rows.row(
            Rows.guide("ecs_task_events"),
            "The times of a task's event are ISO texts, its attachments are of type eni",
            side -> {
              side.listen();
              ran(side);
              List<JsonNode> events = heard(side, TASK);
              assertThat(events).isNotEmpty().allSatisfy(event -> {
                JsonNode detail = event.get("detail");
                assertThat(Instant.parse(detail.get("createdAt").textValue())).isNotNull();
                assertThat(detail.get("attachments").get(0).get("type").textValue())
                    .isEqualTo("eni");
              });
            })
        .movesAway(
            "not to be empty",
            "The local world, as documented: moto puts no event of ECS onto the bus");
    rows.row(
            Rows.guide("ecs_task_events"),
            "A stopped task's event has its stopCode and stoppedReason",
            side -> {
              side.listen();
              Task task = ran(side);
              side.ecs().stopTask(x -> x.cluster(PROD).task(task.taskArn()).reason("by hand"));
              side.pass(Duration.ofMinutes(3));
              List<JsonNode> events = heard(side, TASK);
              assertThat(events).isNotEmpty();
              JsonNode last = events.getLast().get("detail");
              assertThat(last.get("lastStatus").textValue()).isEqualTo("STOPPED");
              assertThat(last.get("stopCode").textValue()).isEqualTo("UserInitiated");
              assertThat(last.get("stoppedReason").textValue()).isEqualTo("by hand");
              assertThat(last.get("attachments").get(0).get("status").textValue())
                  .isEqualTo("DELETED");
            })
        .movesAway(
            "not to be empty",
            "The local world, as documented: moto puts no event of ECS onto the bus");
  }

  /** A task of a container with a health check, three minutes on. */
  private static Task ran(Side side) {
    shop(side);
    side.ecs()
        .registerTaskDefinition(definition("shop")
            .containerDefinitions(container("app")
                .healthCheck(x -> x.command("CMD", "/check").interval(5))
                .build())
            .build());
    Task task = task(side, each -> each);
    side.pass(Duration.ofMinutes(3));
    return task;
  }

  private static void services(Rows rows) {
    rows.row(
            Rows.guide("ecs_service_deployment_events"),
            "A deployment tells of its progress and its completion, by the service's ARN",
            side -> {
              side.listen();
              String definition = shop(side);
              String arn = side.ecs()
                  .createService(
                      service(side, "shop", definition).desiredCount(1).build())
                  .service()
                  .serviceArn();
              side.pass(Duration.ofMinutes(5));
              List<JsonNode> events = heard(side, "ECS Deployment State Change");
              assertThat(events).hasSize(2).allSatisfy(event -> {
                assertThat(event.get("resources").get(0).textValue()).isEqualTo(arn);
                assertThat(event.get("detail").get("deploymentId").textValue())
                    .startsWith("ecs-svc/");
                assertThat(event.get("detail").has("clusterArn")).isFalse();
              });
              assertThat(events)
                  .extracting(event -> event.get("detail").get("eventName").textValue())
                  .containsExactly(
                      "SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED");
            })
        .movesAway(
            "Expected size: 2 but was: 0",
            "The local world, as documented: moto puts no event of ECS onto the bus");
    rows.row(Rows.guide("ecs_service_events"), "A service tells that it is steady", side -> {
          side.listen();
          Fixture.running(side, 1);
          List<JsonNode> events = heard(side, "ECS Service Action");
          assertThat(events).isNotEmpty().anySatisfy(event -> {
            assertThat(event.get("detail").get("eventName").textValue())
                .isEqualTo("SERVICE_STEADY_STATE");
            assertThat(event.get("detail").get("eventType").textValue()).isEqualTo("INFO");
            assertThat(event.get("detail").get("clusterArn").textValue()).endsWith("cluster/prod");
          });
        })
        .movesAway(
            "not to be empty",
            "The local world, as documented: moto puts no event of ECS onto the bus");
  }
}
