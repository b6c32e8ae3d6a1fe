package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.CloudMapFixture.cart;
import static dev.shepherd.local.conformance.CloudMapFixture.instance;
import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.model.DuplicateRequestException;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.Operation;
import software.amazon.awssdk.services.servicediscovery.model.OperationTargetType;

/** Registering, listing and deregistering instances. */
final class InstanceRows {
  private static final String INVALID = "InvalidInput";
  private static final String ADDRESS = "AWS_INSTANCE_IPV4";

  private InstanceRows() {}

  static Rows rows() {
    Rows rows = Rows.cloudMap("instances");
    operations(rows);
    limits(rows);
    listing(rows);
    return rows;
  }

  private static String register(Side side, String service, String id, Map<String, String> with) {
    return side.cloudMap()
        .registerInstance(x -> x.serviceId(service).instanceId(id).attributes(with))
        .operationId();
  }

  private static List<InstanceSummary> listed(Side side, String service) {
    return side.cloudMap().listInstances(x -> x.serviceId(service)).instances();
  }

  private static void operations(Rows rows) {
    rows.row("RegisterInstance", "Registering is an operation: SUCCESS comes later", side -> {
          String cart = cart(side, each -> each);
          String id = register(side, cart, "a", Map.of(ADDRESS, "10.0.0.1"));
          Operation begun = side.cloudMap().getOperation(x -> x.operationId(id)).operation();
          assertThat(begun.statusAsString()).isIn("SUBMITTED", "PENDING");
          side.pass(Duration.ofMinutes(1));
          Operation done = side.cloudMap().getOperation(x -> x.operationId(id)).operation();
          assertThat(done.statusAsString()).isEqualTo("SUCCESS");
          assertThat(done.typeAsString()).isEqualTo("REGISTER_INSTANCE");
          assertThat(done.targets())
              .containsEntry(OperationTargetType.INSTANCE, "a")
              .containsEntry(OperationTargetType.SERVICE, cart);
        })
        .movesAway(
            "SUCCESS",
            "The local world, as documented: moto's operations are SUCCESS at once, so that code that does not wait passes there");
    rows.row(
            "RegisterInstance",
            "An id that is registered is replaced, attributes and all",
            side -> {
              String cart = cart(side, each -> each);
              register(side, cart, "a", Map.of(ADDRESS, "10.0.0.1", "old", "1"));
              side.pass(Duration.ofMinutes(1));
              register(side, cart, "a", Map.of(ADDRESS, "10.0.0.2"));
              side.pass(Duration.ofMinutes(1));
              assertThat(listed(side, cart))
                  .extracting(InstanceSummary::attributes)
                  .containsExactly(Map.of(ADDRESS, "10.0.0.2"));
            })
        .movesAway(
            "old",
            "The local world, as documented: moto adds a second instance of the id beside the first");
    rows.row(
            "RegisterInstance",
            "One request for an id at a time: DuplicateRequest names the other",
            side -> {
              String cart = cart(side, each -> each);
              String first = register(side, cart, "a", Map.of(ADDRESS, "10.0.0.1"));
              try {
                register(side, cart, "a", Map.of(ADDRESS, "10.0.0.2"));
                throw new AssertionError("the call was answered");
              } catch (DuplicateRequestException duplicate) {
                assertThat(duplicate.duplicateOperationId()).isEqualTo(first);
              }
            })
        .movesAway(
            "the call was answered",
            "The local world, as documented: in moto nothing is ever under way");
    rows.row("DeregisterInstance", "Deregistering is an operation too", side -> {
      String cart = cart(side, each -> each);
      instance(side, cart, "a", "10.0.0.1");
      String id = side.cloudMap()
          .deregisterInstance(x -> x.serviceId(cart).instanceId("a"))
          .operationId();
      side.pass(Duration.ofMinutes(1));
      assertThat(
              side.cloudMap().getOperation(x -> x.operationId(id)).operation().typeAsString())
          .isEqualTo("DEREGISTER_INSTANCE");
      assertThat(listed(side, cart)).isEmpty();
    });
    rows.row("DeregisterInstance", "An unknown instance is InstanceNotFound", side -> {
      String cart = cart(side, each -> each);
      assertThat(refusal(
              () -> side.cloudMap().deregisterInstance(x -> x.serviceId(cart).instanceId("a"))))
          .isEqualTo("InstanceNotFound");
      assertThat(
              refusal(() -> side.cloudMap().getInstance(x -> x.serviceId(cart).instanceId("a"))))
          .isEqualTo("InstanceNotFound");
    });
    rows.row("RegisterInstance", "An unknown service is ServiceNotFound", side -> {
      assertThat(refusal(() -> register(side, "srv-none", "a", Map.of(ADDRESS, "10.0.0.1"))))
          .isEqualTo("ServiceNotFound");
      assertThat(refusal(() -> listed(side, "srv-none"))).isEqualTo("ServiceNotFound");
    });
    rows.row(
        "GetOperation",
        "An unknown operation is OperationNotFound",
        side -> assertThat(refusal(() -> side.cloudMap().getOperation(x -> x.operationId("none"))))
            .isEqualTo("OperationNotFound"));
    rows.row("RegisterInstance", "A service's ARN does for its id", side -> {
          String cart = cart(side, each -> each);
          String arn = side.cloudMap().getService(x -> x.id(cart)).service().arn();
          instance(side, arn, "a", "10.0.0.1");
          assertThat(listed(side, cart)).hasSize(1);
        })
        .movesAway(
            "ServiceNotFoundException", "The local world, as documented: moto knows ids only");
  }

  private static void limits(Rows rows) {
    rows.row("RegisterInstance", "An id has up to 64 letters, digits and _/:.@-", side -> {
          String cart = cart(side, each -> each);
          register(side, cart, "a".repeat(60) + "/:@.", Map.of(ADDRESS, "10.0.0.1"));
          for (String bad : List.of("a".repeat(65), "a b", "a#")) {
            assertThat(refusal(() -> register(side, cart, bad, Map.of(ADDRESS, "10.0.0.1"))))
                .as(bad)
                .isEqualTo(INVALID);
          }
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes any id");
    rows.row("RegisterInstance", "A key has up to 255 characters, a value up to 1,024", side -> {
          String cart = cart(side, each -> each);
          assertThat(refusal(() -> register(side, cart, "a", Map.of("k".repeat(256), "v"))))
              .isEqualTo(INVALID);
          assertThat(refusal(() -> register(side, cart, "a", Map.of("k", "v".repeat(1_025)))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row(
            "RegisterInstance",
            "Up to 30 attributes of one's own, with 5,000 characters in all",
            side -> {
              String cart = cart(side, each -> each);
              Map<String, String> many = new HashMap<>();
              names("k", 31).forEach(key -> many.put(key, "v"));
              assertThat(refusal(() -> register(side, cart, "a", many))).isEqualTo(INVALID);
              Map<String, String> large = new HashMap<>();
              names("k", 5).forEach(key -> large.put(key, "v".repeat(1_000)));
              assertThat(refusal(() -> register(side, cart, "a", large))).isEqualTo(INVALID);
            })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
  }

  private static void listing(Rows rows) {
    rows.row(
            "ListInstances",
            "ListInstances gives up to 100 a page, whatever their health, without it",
            side -> {
              String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
              names("i", 103)
                  .forEach(id -> register(
                      side,
                      cart,
                      id,
                      Map.of(ADDRESS, "10.0.0.1", "AWS_INIT_HEALTH_STATUS", "UNHEALTHY")));
              side.pass(Duration.ofMinutes(1));
              assertThat(side.cloudMap().listInstancesPaginator(x -> x.serviceId(cart)).stream()
                      .map(page -> page.instances().size()))
                  .containsExactly(100, 3);
              assertThat(refusal(
                      () -> side.cloudMap().listInstances(x -> x.serviceId(cart).maxResults(101))))
                  .isEqualTo(INVALID);
            })
        .movesAway(
            "[103]", "The local world, as documented: moto pages only where maxResults is given");
    rows.row("GetInstance", "GetInstance shows an instance's attributes", side -> {
      String cart = cart(side, each -> each);
      instance(side, cart, "a", "10.0.0.1");
      var shown =
          side.cloudMap().getInstance(x -> x.serviceId(cart).instanceId("a")).instance();
      assertThat(shown.id()).isEqualTo("a");
      assertThat(shown.attributes()).containsEntry(ADDRESS, "10.0.0.1");
    });
  }
}
