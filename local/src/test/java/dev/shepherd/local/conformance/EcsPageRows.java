package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.register;
import static dev.shepherd.local.conformance.Fixture.run;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Pages of ECS. */
final class EcsPageRows {
  private static final String INVALID = "InvalidParameterException";

  private EcsPageRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("pages");
    pages(rows);
    bounds(rows);
    return rows;
  }

  private static void pages(Rows rows) {
    rows.row("ListServices", "ListServices gives 10 a page unless asked for more", side -> {
          String definition = shop(side);
          names("s", 12)
              .forEach(name ->
                  side.ecs().createService(service(side, name, definition).build()));
          assertThat(side.ecs().listServicesPaginator(each -> each.cluster(PROD)).stream()
                  .map(page -> page.serviceArns().size()))
              .containsExactly(10, 2);
        })
        .movesAway(
            "[12]",
            "AWS pages, so the local world is right: moto puts all on one page, so that code that forgets to page passes there");
    rows.row("ListTasks", "ListTasks gives 100 a page, and the rest behind nextToken", side -> {
          shop(side);
          var ten = run(side).count(10).build();
          names("call", 11).forEach(call -> side.ecs().runTask(ten));
          assertThat(side.ecs().listTasksPaginator(each -> each.cluster(PROD)).stream()
                  .map(page -> page.taskArns().size()))
              .containsExactly(100, 10);
        })
        .movesAway(
            "[110]",
            "AWS pages, so the local world is right: moto puts all on one page, so that code that forgets to page passes there");
    rows.row(
            "ListClusters",
            "ListClusters pages by maxResults, and nextToken leads to the next page",
            side -> {
              names("c", 3)
                  .forEach(name -> side.ecs().createCluster(each -> each.clusterName(name)));
              var first = side.ecs().listClusters(each -> each.maxResults(2));
              assertThat(first.clusterArns()).hasSize(2);
              var second = side.ecs().listClusters(each -> each.nextToken(first.nextToken()));
              assertThat(second.clusterArns())
                  .hasSize(1)
                  .doesNotContainAnyElementsOf(first.clusterArns());
              assertThat(second.nextToken()).isNull();
            })
        .movesAway(
            "Expected size: 2 but was: 3",
            "AWS pages, so the local world is right: moto puts all on one page, so that code that forgets to page passes there");
    rows.row("ListTaskDefinitions", "ListTaskDefinitions pages by maxResults", side -> {
          names("f", 3).forEach(family -> register(side, family));
          assertThat(side.ecs().listTaskDefinitionsPaginator(each -> each.maxResults(2)).stream()
                  .map(page -> page.taskDefinitionArns().size()))
              .containsExactly(2, 1);
        })
        .movesAway(
            "[3]",
            "AWS pages, so the local world is right: moto puts all on one page, so that code that forgets to page passes there");
    rows.row(
            "ListTaskDefinitionFamilies",
            "ListTaskDefinitionFamilies pages by maxResults",
            side -> {
              names("f", 3).forEach(family -> register(side, family));
              assertThat(
                      side
                          .ecs()
                          .listTaskDefinitionFamiliesPaginator(each -> each.maxResults(2))
                          .stream()
                          .map(page -> page.families().size()))
                  .containsExactly(2, 1);
            })
        .movesAway(
            "[3]",
            "AWS pages, so the local world is right: moto puts all on one page, so that code that forgets to page passes there");
  }

  private static void bounds(Rows rows) {
    rows.row("ListTasks", "ListTasks takes a maxResults from 1 to 100", side -> {
          shop(side);
          for (int bad : List.of(0, 101)) {
            assertThat(refusal(() -> side.ecs().listTasks(x -> x.cluster(PROD).maxResults(bad))))
                .isEqualTo(INVALID);
          }
        })
        .movesAway(
            "none: the call was answered",
            "AWS bounds it, so the local world is right: moto takes any maxResults, and ignores it");
    rows.row("ListServices", "ListServices takes a maxResults from 1 to 100", side -> {
          shop(side);
          for (int bad : List.of(0, 101)) {
            assertThat(
                    refusal(() -> side.ecs().listServices(x -> x.cluster(PROD).maxResults(bad))))
                .isEqualTo(INVALID);
          }
        })
        .movesAway(
            "none: the call was answered",
            "AWS bounds it, so the local world is right: moto takes any maxResults, and ignores it");
    rows.row(
            "ListContainerInstances",
            "ListContainerInstances takes a maxResults from 1 to 100",
            side -> {
              shop(side);
              assertThat(refusal(() ->
                      side.ecs().listContainerInstances(x -> x.cluster(PROD).maxResults(101))))
                  .isEqualTo(INVALID);
            })
        .movesAway(
            "none: the call was answered",
            "AWS bounds it, so the local world is right: moto takes any maxResults, and ignores it");
    rows.row(
            "ListTaskDefinitions",
            "ListTaskDefinitions takes a maxResults from 1 to 100",
            side -> assertThat(
                    refusal(() -> side.ecs().listTaskDefinitions(x -> x.maxResults(101))))
                .isEqualTo(INVALID))
        .movesAway(
            "none: the call was answered",
            "AWS bounds it, so the local world is right: moto takes any maxResults, and ignores it");
  }
}
