package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.CloudMapFixture.cart;
import static dev.shepherd.local.conformance.CloudMapFixture.namespace;
import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceAlreadyExistsException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilter;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.Operation;
import software.amazon.awssdk.services.servicediscovery.model.OperationTargetType;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/** Cloud Map's namespaces, and tags. */
final class NamespaceRows {
  private static final String INVALID = "InvalidInput";

  private NamespaceRows() {}

  static Rows rows() {
    Rows rows = Rows.cloudMap("namespaces");
    namespaces(rows);
    tags(rows);
    return rows;
  }

  private static void namespaces(Rows rows) {
    rows.row(
        "CreateHttpNamespace",
        "Making a namespace is an operation, which names it when done",
        side -> {
          String id = side.cloudMap().createHttpNamespace(x -> x.name("shop")).operationId();
          side.pass(Duration.ofMinutes(1));
          Operation done = side.cloudMap().getOperation(x -> x.operationId(id)).operation();
          assertThat(done.statusAsString()).isEqualTo("SUCCESS");
          assertThat(done.typeAsString()).isEqualTo("CREATE_NAMESPACE");
          assertThat(done.targets())
              .containsEntry(
                  OperationTargetType.NAMESPACE,
                  side.cloudMap().listNamespaces().namespaces().getFirst().id());
        });
    rows.row(
            "CreateHttpNamespace",
            "A namespace's name in use is NamespaceAlreadyExists, with its id",
            side -> {
              String id = namespace(side);
              try {
                side.cloudMap().createHttpNamespace(x -> x.name("shop"));
                throw new AssertionError("the call was answered");
              } catch (NamespaceAlreadyExistsException exists) {
                assertThat(exists.namespaceId()).isEqualTo(id);
              }
            })
        .movesAway("the call was answered", "The local world, as documented: moto has both");
    rows.row("GetNamespace", "GetNamespace shows the HttpName that discovery takes", side -> {
      String id = namespace(side);
      var shown = side.cloudMap().getNamespace(x -> x.id(id)).namespace();
      assertThat(shown.name()).isEqualTo("shop");
      assertThat(shown.properties().httpProperties().httpName()).isEqualTo("shop");
      assertThat(refusal(() -> side.cloudMap().getNamespace(x -> x.id("ns-none"))))
          .isEqualTo("NamespaceNotFound");
    });
    rows.row("NamespaceFilter", "ListNamespaces filters by name and type", side -> {
          for (String name : List.of("shop", "till")) {
            side.cloudMap().createHttpNamespace(x -> x.name(name));
          }
          side.pass(Duration.ofMinutes(1));
          assertThat(side.cloudMap()
                  .listNamespaces(x -> x.filters(by("NAME", "till")))
                  .namespaces())
              .extracting(NamespaceSummary::name)
              .containsExactly("till");
          assertThat(side.cloudMap()
                  .listNamespaces(x -> x.filters(by("TYPE", "DNS_PRIVATE")))
                  .namespaces())
              .isEmpty();
        })
        .movesAway("shop", "The local world, as documented: moto ignores filters");
    rows.row(
            "ListNamespaces",
            "ListNamespaces takes a maxResults from 1 to 100, and pages",
            side -> {
              for (String name : names("n", 3)) {
                side.cloudMap().createHttpNamespace(x -> x.name(name));
              }
              side.pass(Duration.ofMinutes(1));
              assertThat(side.cloudMap().listNamespacesPaginator(x -> x.maxResults(2)).stream()
                      .map(page -> page.namespaces().size()))
                  .containsExactly(2, 1);
              assertThat(refusal(() -> side.cloudMap().listNamespaces(x -> x.maxResults(101))))
                  .isEqualTo(INVALID);
            })
        .movesAway(
            "[3]",
            "AWS pages, so the local world is right: moto puts all on one page, so that code that forgets to page passes there");
  }

  private static NamespaceFilter by(String name, String value) {
    return NamespaceFilter.builder().name(name).values(value).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static void tags(Rows rows) {
    rows.row("TagResource", "Services take tags by ARN", side -> {
      String cart = cart(side, each -> each.tags(tag("a", "1")));
      String arn = side.cloudMap().getService(x -> x.id(cart)).service().arn();
      side.cloudMap().tagResource(x -> x.resourceARN(arn).tags(tag("b", "2")));
      side.cloudMap().untagResource(x -> x.resourceARN(arn).tagKeys("a"));
      assertThat(side.cloudMap().listTagsForResource(x -> x.resourceARN(arn)).tags())
          .singleElement()
          .satisfies(
              tag -> assertThat(Map.entry(tag.key(), tag.value())).isEqualTo(Map.entry("b", "2")));
    });
    rows.row(
            "ListTagsForResource",
            "An unknown ARN is ResourceNotFoundException",
            side -> assertThat(refusal(() -> side.cloudMap()
                    .listTagsForResource(x -> x.resourceARN(
                        "arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-none"))))
                .isEqualTo("ResourceNotFoundException"))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto answers with no tags");
  }
}
