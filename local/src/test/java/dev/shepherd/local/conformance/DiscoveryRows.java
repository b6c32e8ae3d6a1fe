package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.CloudMapFixture.cart;
import static dev.shepherd.local.conformance.CloudMapFixture.instance;
import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.HttpInstanceSummary;

/** DiscoverInstances. */
final class DiscoveryRows {
  private static final String DISCOVER = "DiscoverInstances";

  private DiscoveryRows() {}

  static Rows rows() {
    Rows rows = Rows.cloudMap("discovery");
    byName(rows);
    health(rows);
    parameters(rows);
    revision(rows);
    return rows;
  }

  private static DiscoverInstancesResponse answer(
      Side side, UnaryOperator<DiscoverInstancesRequest.Builder> more) {
    var request = DiscoverInstancesRequest.builder().namespaceName("shop").serviceName("cart");
    return side.cloudMap().discoverInstances(more.apply(request).build());
  }

  private static List<String> found(
      Side side, UnaryOperator<DiscoverInstancesRequest.Builder> more) {
    return answer(side, more).instances().stream()
        .map(HttpInstanceSummary::instanceId)
        .sorted()
        .toList();
  }

  private static void byName(Rows rows) {
    rows.row(DISCOVER, "An instance is found by its names, with attributes and health", side -> {
      String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
      instance(side, cart, "a", "10.0.0.1");
      assertThat(answer(side, each -> each).instances()).singleElement().satisfies(found -> {
        assertThat(found.namespaceName()).isEqualTo("shop");
        assertThat(found.serviceName()).isEqualTo("cart");
        assertThat(found.healthStatusAsString()).isEqualTo("HEALTHY");
        assertThat(found.attributes()).containsEntry("AWS_INSTANCE_IPV4", "10.0.0.1");
      });
    });
    rows.row(DISCOVER, "Unknown names are NamespaceNotFound and ServiceNotFound", side -> {
      cart(side, each -> each);
      assertThat(refusal(() -> answer(side, each -> each.namespaceName("none"))))
          .isEqualTo("NamespaceNotFound");
      assertThat(refusal(() -> answer(side, each -> each.serviceName("none"))))
          .isEqualTo("ServiceNotFound");
    });
    rows.row(
            DISCOVER,
            "DiscoverInstances gives 100 unless asked, up to 1,000; there are no pages",
            side -> {
              String cart = cart(side, each -> each);
              names("i", 120)
                  .forEach(id -> side.cloudMap()
                      .registerInstance(x -> x.serviceId(cart)
                          .instanceId(id)
                          .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"))));
              side.pass(Duration.ofMinutes(1));
              assertThat(found(side, each -> each)).hasSize(100);
              assertThat(found(side, each -> each.maxResults(1_000))).hasSize(120);
              for (int bad : List.of(0, 1_001)) {
                assertThat(refusal(() -> answer(side, each -> each.maxResults(bad))))
                    .isEqualTo("InvalidInput");
              }
            })
        .movesAway(
            "Expected size: 100 but was: 120",
            "The local world, as documented: moto ignores maxResults");
  }

  /** Instances {@code sick} and {@code well} in a service with a check of its own. */
  private static void sickAndWell(Side side) {
    String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
    instance(side, cart, "sick", "10.0.0.1");
    instance(side, cart, "well", "10.0.0.2");
    side.cloudMap()
        .updateInstanceCustomHealthStatus(
            x -> x.serviceId(cart).instanceId("sick").status("UNHEALTHY"));
    side.pass(Duration.ofMinutes(1));
  }

  private static void health(Rows rows) {
    Map<String, List<String>> byFilter = Map.of(
        "HEALTHY", List.of("well"),
        "UNHEALTHY", List.of("sick"),
        "ALL", List.of("sick", "well"),
        "HEALTHY_OR_ELSE_ALL", List.of("well"));
    byFilter.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> rows.row(
            DISCOVER, "HealthStatus " + entry.getKey() + " finds " + entry.getValue(), side -> {
              sickAndWell(side);
              assertThat(found(side, each -> each.healthStatus(entry.getKey())))
                  .isEqualTo(entry.getValue());
            }));
    rows.row(DISCOVER, "HEALTHY_OR_ELSE_ALL finds all where none is healthy", side -> {
      String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
      instance(side, cart, "sick", "10.0.0.1");
      side.cloudMap()
          .updateInstanceCustomHealthStatus(
              x -> x.serviceId(cart).instanceId("sick").status("UNHEALTHY"));
      side.pass(Duration.ofMinutes(1));
      assertThat(found(side, each -> each.healthStatus("HEALTHY"))).isEmpty();
      assertThat(found(side, each -> each.healthStatus("HEALTHY_OR_ELSE_ALL")))
          .containsExactly("sick");
    });
    rows.row(DISCOVER, "Without a health check HealthStatus is ignored", side -> {
          String cart = cart(side, each -> each);
          instance(side, cart, "a", "10.0.0.1");
          assertThat(found(side, each -> each.healthStatus("UNHEALTHY"))).containsExactly("a");
        })
        .movesAway(
            "to contain exactly",
            "The local world, as documented: moto filters by a health that nobody checks");
  }

  /** Instances {@code old}, {@code new} and {@code other}, by version and zone. */
  private static void versions(Side side) {
    String cart = cart(side, each -> each);
    Map.of(
            "old", Map.of("v", "1", "zone", "a"),
            "new", Map.of("v", "2", "zone", "a"),
            "other", Map.of("v", "2", "zone", "b"))
        .forEach((id, attributes) -> side.cloudMap()
            .registerInstance(x -> x.serviceId(cart).instanceId(id).attributes(attributes)));
    side.pass(Duration.ofMinutes(1));
  }

  private static void parameters(Rows rows) {
    rows.row(DISCOVER, "Every QueryParameter must match", side -> {
      versions(side);
      assertThat(found(side, each -> each.queryParameters(Map.of("v", "2"))))
          .containsExactly("new", "other");
      assertThat(found(side, each -> each.queryParameters(Map.of("v", "2", "zone", "b"))))
          .containsExactly("other");
      assertThat(found(side, each -> each.queryParameters(Map.of("v", "3")))).isEmpty();
    });
    rows.row(DISCOVER, "OptionalParameters narrow further where something matches them", side -> {
      versions(side);
      assertThat(found(
              side,
              each ->
                  each.queryParameters(Map.of("v", "2")).optionalParameters(Map.of("zone", "a"))))
          .containsExactly("new");
    });
    rows.row(DISCOVER, "OptionalParameters that nothing matches are ignored", side -> {
      versions(side);
      assertThat(found(
              side,
              each ->
                  each.queryParameters(Map.of("v", "1")).optionalParameters(Map.of("zone", "c"))))
          .containsExactly("old");
    });
  }

  private static void revision(Rows rows) {
    rows.row(
        "DiscoverInstancesRevision",
        "The revision rises with each registration, not with health",
        side -> {
          String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
          instance(side, cart, "a", "10.0.0.1");
          long first = revision(side);
          assertThat(answer(side, each -> each).instancesRevision()).isEqualTo(first);
          side.cloudMap()
              .updateInstanceCustomHealthStatus(
                  x -> x.serviceId(cart).instanceId("a").status("UNHEALTHY"));
          side.pass(Duration.ofMinutes(1));
          assertThat(revision(side)).isEqualTo(first);
          instance(side, cart, "b", "10.0.0.2");
          assertThat(revision(side)).isGreaterThan(first);
        });
  }

  private static long revision(Side side) {
    return side.cloudMap()
        .discoverInstancesRevision(x -> x.namespaceName("shop").serviceName("cart"))
        .instancesRevision();
  }
}
