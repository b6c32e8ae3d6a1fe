package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.CloudMapFixture.cart;
import static dev.shepherd.local.conformance.CloudMapFixture.instance;
import static dev.shepherd.local.conformance.CloudMapFixture.namespace;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import software.amazon.awssdk.services.servicediscovery.model.ServiceAlreadyExistsException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Cloud Map's services, and what is not deleted while it is in use. */
final class CloudMapServiceRows {
  private static final String INVALID = "InvalidInput";

  private CloudMapServiceRows() {}

  static Rows rows() {
    Rows rows = Rows.cloudMap("services");
    services(rows);
    deleting(rows);
    return rows;
  }

  private static void services(Rows rows) {
    rows.row("CreateService", "A service name is used once in a namespace", side -> {
          String cart = cart(side, each -> each);
          String namespace =
              side.cloudMap().listNamespaces().namespaces().getFirst().id();
          try {
            side.cloudMap().createService(x -> x.name("cart").namespaceId(namespace));
            throw new AssertionError("the call was answered");
          } catch (ServiceAlreadyExistsException exists) {
            assertThat(exists.serviceId()).isEqualTo(cart);
          }
        })
        .movesAway("the call was answered", "The local world, as documented: moto has both");
    rows.row(
            "CreateService",
            "An unknown namespace is NamespaceNotFound",
            side -> assertThat(refusal(() ->
                    side.cloudMap().createService(x -> x.name("cart").namespaceId("ns-none"))))
                .isEqualTo("NamespaceNotFound"))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto makes the service in a namespace that is not there");
    rows.row(
            "CreateService",
            "A health check is AWS's or one's own, not both",
            side -> assertThat(refusal(() -> cart(
                    side,
                    each -> each.healthCheckConfig(x -> x.type("HTTP"))
                        .healthCheckCustomConfig(x -> {}))))
                .isEqualTo(INVALID))
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes both");
    rows.row(
            "GetService",
            "GetService counts the instances; an unknown one is ServiceNotFound",
            side -> {
              String cart = cart(side, each -> each);
              instance(side, cart, "a", "10.0.0.1");
              assertThat(side.cloudMap().getService(x -> x.id(cart)).service().instanceCount())
                  .isEqualTo(1);
              assertThat(refusal(() -> side.cloudMap().getService(x -> x.id("srv-none"))))
                  .isEqualTo("ServiceNotFound");
            })
        .movesAway("not to be null", "The local world, as documented: moto does not count");
    rows.row("ServiceFilter", "ListServices filters by namespace", side -> {
          cart(side, each -> each);
          side.cloudMap().createHttpNamespace(x -> x.name("till"));
          side.pass(Duration.ofMinutes(1));
          String till = side.cloudMap().listNamespaces().namespaces().stream()
              .filter(each -> each.name().equals("till"))
              .findFirst()
              .orElseThrow()
              .id();
          side.cloudMap().createService(x -> x.name("drawer").namespaceId(till));
          assertThat(side.cloudMap()
                  .listServices(x -> x.filters(
                      ServiceFilter.builder().name("NAMESPACE_ID").values(till).build()))
                  .services())
              .extracting(ServiceSummary::name)
              .containsExactly("drawer");
        })
        .movesAway("cart", "The local world, as documented: moto ignores filters");
    rows.row(
            "ListServices",
            "ListServices takes a maxResults from 1 to 100",
            side -> assertThat(refusal(() -> side.cloudMap().listServices(x -> x.maxResults(101))))
                .isEqualTo(INVALID))
        .movesAway("none: the call was answered", "The local world, as documented: moto takes any");
  }

  private static void deleting(Rows rows) {
    rows.row("DeleteService", "A service that has instances is ResourceInUse", side -> {
          String cart = cart(side, each -> each);
          instance(side, cart, "a", "10.0.0.1");
          assertThat(refusal(() -> side.cloudMap().deleteService(x -> x.id(cart))))
              .isEqualTo("ResourceInUse");
          side.cloudMap().deregisterInstance(x -> x.serviceId(cart).instanceId("a"));
          side.pass(Duration.ofMinutes(1));
          side.cloudMap().deleteService(x -> x.id(cart));
          assertThat(refusal(() -> side.cloudMap().deleteService(x -> x.id(cart))))
              .isEqualTo("ServiceNotFound");
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto deletes it with its instances");
    rows.row("DeleteNamespace", "A namespace that has services is ResourceInUse", side -> {
          cart(side, each -> each);
          String id = side.cloudMap().listNamespaces().namespaces().getFirst().id();
          assertThat(refusal(() -> side.cloudMap().deleteNamespace(x -> x.id(id))))
              .isEqualTo("ResourceInUse");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto deletes it");
    rows.row("DeleteNamespace", "An empty namespace is deleted by an operation", side -> {
      String id = namespace(side);
      String operation = side.cloudMap().deleteNamespace(x -> x.id(id)).operationId();
      side.pass(Duration.ofMinutes(1));
      assertThat(side.cloudMap().getOperation(x -> x.operationId(operation)).operation())
          .satisfies(done -> {
            assertThat(done.statusAsString()).isEqualTo("SUCCESS");
            assertThat(done.typeAsString()).isEqualTo("DELETE_NAMESPACE");
          });
      assertThat(side.cloudMap().listNamespaces().namespaces()).isEmpty();
      assertThat(refusal(() -> side.cloudMap().deleteNamespace(x -> x.id(id))))
          .isEqualTo("NamespaceNotFound");
    });
  }
}
