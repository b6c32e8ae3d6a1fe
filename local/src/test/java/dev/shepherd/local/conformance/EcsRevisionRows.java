package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.described;
import static dev.shepherd.local.conformance.Fixture.register;
import static dev.shepherd.local.conformance.Fixture.run;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Revisions of task definitions, ACTIVE and INACTIVE. */
final class EcsRevisionRows {
  private static final String CLIENT = "ClientException";

  private EcsRevisionRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("revisions");
    inactive(rows);
    listed(rows);
    return rows;
  }

  private static void inactive(Rows rows) {
    rows.row("DescribeTaskDefinition", "A bare family means its newest ACTIVE revision", side -> {
          register(side, "shop");
          register(side, "shop");
          register(side, "shop");
          side.ecs().deregisterTaskDefinition(each -> each.taskDefinition("shop:3"));
          assertThat(side.ecs()
                  .describeTaskDefinition(each -> each.taskDefinition("shop"))
                  .taskDefinition()
                  .revision())
              .isEqualTo(2);
        })
        .movesAway(
            "expected: 2\n but was: 3",
            "The local world, as documented: moto takes the newest, also when it is INACTIVE");
    rows.row(
            "DeregisterTaskDefinition",
            "A deregistered revision is INACTIVE, and can be described",
            side -> {
              String arn = register(side, "shop");
              assertThat(side.ecs()
                      .deregisterTaskDefinition(each -> each.taskDefinition(arn))
                      .taskDefinition()
                      .statusAsString())
                  .isEqualTo("INACTIVE");
              for (String name : List.of(arn, "shop:1")) {
                TaskDefinition shown = side.ecs()
                    .describeTaskDefinition(each -> each.taskDefinition(name))
                    .taskDefinition();
                assertThat(shown.statusAsString()).isEqualTo("INACTIVE");
                assertThat(shown.deregisteredAt()).isNotNull();
              }
            })
        .movesAway("not to be null", "The local world: moto has the status, but no deregisteredAt");
    rows.row("DeregisterTaskDefinition", "Deregistering needs a revision", side -> {
      register(side, "shop");
      assertThat(refusal(() -> side.ecs().deregisterTaskDefinition(x -> x.taskDefinition("shop"))))
          .isIn(CLIENT, "InvalidParameterException");
    });
    rows.row(
        "DescribeTaskDefinition",
        "An unknown definition is ClientException",
        side -> assertThat(
                refusal(() -> side.ecs().describeTaskDefinition(x -> x.taskDefinition("none"))))
            .isEqualTo(CLIENT));
    rows.row("DeregisterTaskDefinition", "An INACTIVE revision starts no task", side -> {
          String arn = shop(side);
          side.ecs().deregisterTaskDefinition(each -> each.taskDefinition(arn));
          assertThat(
                  refusal(() -> side.ecs().runTask(run(side).taskDefinition(arn).build())))
              .isIn(CLIENT, "InvalidParameterException");
        })
        .movesAway("none: the call was answered", "The local world, as documented: moto starts it");
    rows.row(
            "DeregisterTaskDefinition",
            "No service is made of an INACTIVE revision, or updated to it",
            side -> {
              String arn = shop(side);
              String second = register(side, "shop");
              side.ecs().createService(service(side, "shop", arn).build());
              side.ecs().deregisterTaskDefinition(each -> each.taskDefinition(second));
              assertThat(refusal(() ->
                      side.ecs().createService(service(side, "new", second).build())))
                  .isIn(CLIENT, "InvalidParameterException");
              assertThat(refusal(() -> side.ecs()
                      .updateService(x -> x.cluster(PROD).service("shop").taskDefinition(second))))
                  .isIn(CLIENT, "InvalidParameterException");
            })
        .movesAway("none: the call was answered", "The local world, as documented: moto takes it");
    rows.row(
        "DeregisterTaskDefinition",
        "A service on an INACTIVE revision goes on, and scales",
        side -> {
          Fixture.running(side, 1);
          side.ecs().deregisterTaskDefinition(each -> each.taskDefinition("shop:1"));
          side.ecs().updateService(each -> each.cluster(PROD).service("shop").desiredCount(2));
          side.pass(java.time.Duration.ofMinutes(5));
          assertThat(described(side, "shop").runningCount()).isEqualTo(2);
        });
  }

  private static void listed(Rows rows) {
    rows.row(
        "ListTaskDefinitions", "ListTaskDefinitions lists what is ACTIVE unless asked", side -> {
          String first = register(side, "shop");
          String second = register(side, "shop");
          side.ecs().deregisterTaskDefinition(each -> each.taskDefinition(first));
          assertThat(side.ecs().listTaskDefinitions().taskDefinitionArns()).containsExactly(second);
          assertThat(side.ecs().listTaskDefinitions(x -> x.status("INACTIVE")).taskDefinitionArns())
              .containsExactly(first);
        });
    rows.row("ListTaskDefinitions", "familyPrefix is a whole family's name", side -> {
      String shop = register(side, "shop");
      register(side, "shop-next");
      assertThat(side.ecs().listTaskDefinitions(x -> x.familyPrefix("shop")).taskDefinitionArns())
          .containsExactly(shop);
    });
    rows.row(
            "ListTaskDefinitions",
            "Definitions are listed by family, then by number; sort DESC turns it round",
            side -> {
              register(side, "till");
              for (int revision = 1; revision <= 10; revision++) {
                register(side, "shop");
              }
              List<String> ascending = side.ecs().listTaskDefinitions().taskDefinitionArns();
              assertThat(ascending.get(1)).endsWith("shop:2");
              assertThat(ascending.get(9)).endsWith("shop:10");
              assertThat(ascending.getLast()).endsWith("till:1");
              assertThat(side.ecs().listTaskDefinitions(x -> x.sort("DESC")).taskDefinitionArns())
                  .isEqualTo(ascending.reversed());
            })
        .movesAway(
            "shop:1", "The local world, as documented: moto lists in the order of registration");
    rows.row(
            "ListTaskDefinitionFamilies",
            "Families without an ACTIVE revision are listed too",
            side -> {
              register(side, "shop");
              register(side, "till");
              side.ecs().deregisterTaskDefinition(each -> each.taskDefinition("till:1"));
              assertThat(side.ecs().listTaskDefinitionFamilies().families())
                  .containsExactly("shop", "till");
              assertThat(side.ecs()
                      .listTaskDefinitionFamilies(x -> x.status("ACTIVE"))
                      .families())
                  .containsExactly("shop");
              assertThat(side.ecs()
                      .listTaskDefinitionFamilies(x -> x.familyPrefix("ti"))
                      .families())
                  .containsExactly("till");
            })
        .movesAway("till", "The local world: moto ignores the status that is asked for");
  }
}
