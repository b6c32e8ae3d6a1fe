package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.container;
import static dev.shepherd.local.conformance.Fixture.definition;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.run;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Fixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** What a task shows while it runs. */
final class EcsTaskRows {
  private EcsTaskRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("tasks");
    shown(rows);
    return rows;
  }

  private static void shown(Rows rows) {
    rows.row(
            Rows.guide("task-lifecycle-explanation"),
            "A task begins PROVISIONING, and comes to RUNNING",
            side -> {
              shop(side);
              RunTaskResponse answer = side.ecs().runTask(run(side).build());
              assertThat(answer.failures()).isEmpty();
              Task begun = answer.tasks().getFirst();
              assertThat(begun.lastStatus()).isEqualTo("PROVISIONING");
              assertThat(begun.desiredStatus()).isEqualTo("RUNNING");
              side.pass(Duration.ofMinutes(3));
              Task later = described(side, begun);
              assertThat(later.lastStatus()).isEqualTo("RUNNING");
              assertThat(later.startedAt()).isAfterOrEqualTo(later.createdAt());
              assertThat(later.version()).isGreaterThan(begun.version());
            })
        .movesAway(
            "but was: \"RUNNING\"",
            "The local world, as documented: moto's tasks are RUNNING at once");
    rows.row(
        "Attachment", "An awsvpc task shows its network interface among its attachments", side -> {
          Attachment eni = eni(side, ran(side));
          Map<String, String> details = eni.details().stream()
              .collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value));
          assertThat(eni.type()).isEqualTo("ElasticNetworkInterface");
          assertThat(eni.status()).isEqualTo("ATTACHED");
          assertThat(details)
              .containsOnlyKeys(
                  "subnetId",
                  "networkInterfaceId",
                  "macAddress",
                  "privateDnsName",
                  "privateIPv4Address");
        });
    rows.row(
            "NetworkInterface",
            "Each container of the task shows its address, as privateIpv4Address",
            side -> {
              Task task = ran(side);
              Attachment eni = eni(side, task);
              String address = eni.details().stream()
                  .filter(each -> each.name().equals("privateIPv4Address"))
                  .findFirst()
                  .orElseThrow()
                  .value();
              assertThat(task.containers())
                  .allSatisfy(container -> assertThat(container.networkInterfaces())
                      .singleElement()
                      .satisfies(each -> {
                        assertThat(each.attachmentId()).isEqualTo(eni.id());
                        assertThat(each.privateIpv4Address()).isEqualTo(address);
                      }));
            })
        .movesAway(
            "Expecting all elements",
            "The local world: moto's containers have no networkInterfaces");
    rows.row("Task", "A task shows every container of its definition, RUNNING with it", side -> {
          Task task = ran(side);
          assertThat(task.containers())
              .extracting(Container::name)
              .containsExactlyInAnyOrder("app", "sidecar");
          assertThat(task.containers()).extracting(Container::lastStatus).containsOnly("RUNNING");
        })
        .movesAway(
            "sidecar",
            "The local world: moto's tasks show the first container only, PENDING for ever");
    rows.row("Task", "Without a health check health is UNKNOWN", side -> {
          Task task = ran(side);
          assertThat(task.healthStatusAsString()).isEqualTo("UNKNOWN");
          assertThat(task.containers())
              .extracting(Container::healthStatusAsString)
              .containsOnly("UNKNOWN");
        })
        .movesAway(
            "but was: null",
            "The local world, as documented: moto's tasks have no healthStatus, and their container is HEALTHY without a check");
    rows.row("Task", "A task shows its cpu, memory, zone, launch type, platform", side -> {
          Task task = ran(side);
          assertThat(task.cpu()).isEqualTo("256");
          assertThat(task.memory()).isEqualTo("512");
          assertThat(task.availabilityZone()).startsWith("eu-west-1");
          assertThat(task.launchTypeAsString()).isEqualTo("FARGATE");
          assertThat(task.platformVersion()).isEqualTo("1.4.0");
          assertThat(task.connectivityAsString()).isEqualTo("CONNECTED");
        })
        .movesAway(
            "but was: null",
            "The local world, as documented: moto's tasks have none of cpu, memory, zone");
  }

  /** A task of two containers without health checks, after three minutes. */
  private static Task ran(Side side) {
    shop(side);
    side.ecs()
        .registerTaskDefinition(definition("shop")
            .containerDefinitions(
                container("app").build(), container("sidecar").essential(false).build())
            .build());
    Task task = task(side, each -> each);
    side.pass(Duration.ofMinutes(3));
    return described(side, task);
  }

  private static Attachment eni(Side side, Task task) {
    return described(side, task).attachments().getFirst();
  }
}
