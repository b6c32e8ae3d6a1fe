package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.run;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Fixture.task;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.ecs.model.Failure;

/** Batches and names of ECS. */
final class EcsNameRows {
  private static final String INVALID = "InvalidParameterException";

  private EcsNameRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("batches and names");
    batches(rows);
    unknown(rows);
    return rows;
  }

  private static void batches(Rows rows) {
    rows.row("DescribeTasks", "DescribeTasks takes up to 100 tasks", side -> {
          shop(side);
          assertThat(side.ecs()
                  .describeTasks(each -> each.cluster(PROD).tasks(names("t", 100)))
                  .failures())
              .hasSize(100);
          assertThat(refusal(() ->
                  side.ecs().describeTasks(x -> x.cluster(PROD).tasks(names("t", 101)))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "Expected size: 100 but was: 0",
            "The local world, as documented: moto has no bound, and is silent on tasks that it does not find");
    rows.row("DescribeServices", "DescribeServices takes up to 10 services", side -> {
          shop(side);
          assertThat(side.ecs()
                  .describeServices(each -> each.cluster(PROD).services(names("s", 10)))
                  .failures())
              .hasSize(10);
          assertThat(refusal(() ->
                  side.ecs().describeServices(x -> x.cluster(PROD).services(names("s", 11)))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row(
            "DescribeClusters",
            "DescribeClusters takes up to 100 clusters",
            side -> assertThat(refusal(
                    () -> side.ecs().describeClusters(x -> x.clusters(names("c", 101)))))
                .isEqualTo(INVALID))
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row(
            "DescribeContainerInstances",
            "DescribeContainerInstances takes up to 100 container instances",
            side -> {
              shop(side);
              assertThat(refusal(() -> side.ecs()
                      .describeContainerInstances(
                          x -> x.cluster(PROD).containerInstances(names("i", 101)))))
                  .isEqualTo(INVALID);
            })
        .movesAway(
            "HTTP 500",
            "The local world: moto has no bound, and fails with HTTP 500 on one that it does not know");
    rows.row("RunTask", "RunTask starts up to 10 tasks a call", side -> {
          shop(side);
          assertThat(side.ecs().runTask(run(side).count(10).build()).tasks()).hasSize(10);
          assertThat(refusal(() -> side.ecs().runTask(run(side).count(11).build())))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto starts any number");
  }

  private static void unknown(Rows rows) {
    rows.row(
            Rows.guide("api_failures_messages"),
            "An unknown service is a failure, MISSING",
            side -> {
              shop(side);
              var answer =
                  side.ecs().describeServices(each -> each.cluster(PROD).services("none"));
              assertThat(answer.services()).isEmpty();
              assertThat(answer.failures()).extracting(Failure::reason).containsExactly("MISSING");
              assertThat(answer.failures().getFirst().arn()).endsWith(":service/prod/none");
            })
        .movesAway(
            ":service/none",
            "The local world: a service's ARN names its cluster; moto's is in the old, short form");
    rows.row(Rows.guide("api_failures_messages"), "An unknown task is a failure, MISSING", side -> {
          shop(side);
          assertThat(side.ecs()
                  .describeTasks(
                      each -> each.cluster(PROD).tasks("0123456789abcdef0123456789abcdef"))
                  .failures())
              .extracting(Failure::reason)
              .containsExactly("MISSING");
        })
        .movesAway(
            "[\"MISSING\"]",
            "The local world: moto is silent on tasks that it does not find, so that a caller takes them for none asked");
    rows.row(
        Rows.guide("api_failures_messages"),
        "An unknown cluster is a failure, MISSING",
        side -> assertThat(
                side.ecs().describeClusters(each -> each.clusters("none")).failures())
            .extracting(Failure::reason)
            .containsExactly("MISSING"));
    rows.row("DescribeTasks", "A task is looked for in the cluster that is named only", side -> {
          shop(side);
          side.ecs().createCluster(each -> each.clusterName("other"));
          String task = task(side, each -> each).taskArn();
          String id = task.substring(task.lastIndexOf('/') + 1);
          assertThat(side.ecs().describeTasks(x -> x.cluster("other").tasks(id)).failures())
              .hasSize(1);
        })
        .movesAway(
            "Expected size: 1 but was: 0",
            "The local world: moto finds a task's id in whatever cluster");
    rows.row("ListServices", "A list of an unknown cluster is ClusterNotFoundException", side -> {
      String code = "ClusterNotFoundException";
      assertThat(refusal(() -> side.ecs().listServices(x -> x.cluster("none")))).isEqualTo(code);
      assertThat(refusal(() -> side.ecs().listTasks(x -> x.cluster("none")))).isEqualTo(code);
    });
    rows.row("ListTasks", "ListTasks of an unknown service is ServiceNotFoundException", side -> {
          shop(side);
          assertThat(refusal(() -> side.ecs().listTasks(x -> x.cluster(PROD).serviceName("none"))))
              .isEqualTo("ServiceNotFoundException");
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto ignores serviceName");
    rows.row("DescribeServices", "Without a cluster the cluster is the one named default", side -> {
      assertThat(refusal(() -> side.ecs().describeServices(x -> x.services("shop"))))
          .isEqualTo("ClusterNotFoundException");
      side.ecs().createCluster(each -> each.clusterName("default"));
      assertThat(side.ecs().describeServices(x -> x.services("shop")).failures())
          .hasSize(1);
    });
    rows.row("DescribeServices", "Names and ARNs do alike", side -> {
      String definition = shop(side);
      side.ecs().createService(service(side, "shop", definition).build());
      String arn = described(side, "shop").serviceArn();
      String cluster = described(side, "shop").clusterArn();
      assertThat(side.ecs()
              .describeServices(each -> each.cluster(cluster).services(arn))
              .services())
          .hasSize(1);
    });
  }
}
