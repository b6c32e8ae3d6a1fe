package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.CloudMapFixture.cart;
import static dev.shepherd.local.conformance.CloudMapFixture.instance;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

/** What callers say of an instance's health. */
final class InstanceHealthRows {
  private static final String UPDATE = "UpdateInstanceCustomHealthStatus";

  private InstanceHealthRows() {}

  static Rows rows() {
    Rows rows = Rows.cloudMap("health");
    rows.row(
        "HealthCheckCustomConfig", "An instance is HEALTHY until something else is said", side -> {
          String cart = checked(side);
          assertThat(health(side, cart)).containsExactly(Map.entry("a", "HEALTHY"));
        });
    rows.row("RegisterInstance", "AWS_INIT_HEALTH_STATUS says what it begins with", side -> {
          String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
          side.cloudMap()
              .registerInstance(x -> x.serviceId(cart)
                  .instanceId("a")
                  .attributes(Map.of(
                      "AWS_INSTANCE_IPV4", "10.0.0.1", "AWS_INIT_HEALTH_STATUS", "UNHEALTHY")));
          side.pass(Duration.ofMinutes(1));
          assertThat(health(side, cart)).containsExactly(Map.entry("a", "UNHEALTHY"));
        })
        .movesAway("HEALTHY", "The local world, as documented: moto ignores it");
    rows.row("HealthCheckCustomConfig", "A change of health shows after some 30 seconds", side -> {
          String cart = checked(side);
          say(side, cart, "UNHEALTHY");
          assertThat(health(side, cart)).containsEntry("a", "HEALTHY");
          side.pass(Duration.ofSeconds(31));
          assertThat(health(side, cart)).containsEntry("a", "UNHEALTHY");
        })
        .movesAway("UNHEALTHY", "The local world, as documented: in moto it shows at once");
    rows.row(
        "HealthCheckCustomConfig",
        "The contrary said within 30 seconds takes a change of health back",
        side -> {
          String cart = checked(side);
          say(side, cart, "UNHEALTHY");
          side.pass(Duration.ofSeconds(10));
          say(side, cart, "HEALTHY");
          side.pass(Duration.ofMinutes(1));
          assertThat(health(side, cart)).containsEntry("a", "HEALTHY");
        });
    rows.row(
            "HealthCheckCustomConfig",
            "Saying it again does not speed a change of health up",
            side -> {
              String cart = checked(side);
              say(side, cart, "UNHEALTHY");
              side.pass(Duration.ofSeconds(20));
              say(side, cart, "UNHEALTHY");
              assertThat(health(side, cart)).containsEntry("a", "HEALTHY");
              side.pass(Duration.ofSeconds(11));
              assertThat(health(side, cart)).containsEntry("a", "UNHEALTHY");
            })
        .movesAway("UNHEALTHY", "The local world, as documented: in moto it shows at once");
    rows.row(
            UPDATE,
            "Saying a health without a custom health check is CustomHealthNotFound",
            side -> {
              String cart = cart(side, each -> each);
              instance(side, cart, "a", "10.0.0.1");
              assertThat(refusal(() -> say(side, cart, "UNHEALTHY")))
                  .isEqualTo("CustomHealthNotFound");
            })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto sets it on any service");
    rows.row(UPDATE, "An unknown instance is InstanceNotFound", side -> {
          String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
          assertThat(refusal(() -> say(side, cart, "UNHEALTHY"))).isEqualTo("InstanceNotFound");
          assertThat(refusal(() -> side.cloudMap()
                  .getInstancesHealthStatus(x -> x.serviceId(cart).instances("a"))))
              .isEqualTo("InstanceNotFound");
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto is silent on an instance that it does not know");
    rows.row(UPDATE, "A status is HEALTHY or UNHEALTHY", side -> {
          String cart = checked(side);
          assertThat(refusal(() -> say(side, cart, "UNKNOWN"))).isEqualTo("InvalidInput");
        })
        .movesAway(
            "CustomHealthNotFound",
            "The local world: an unknown value is InvalidInput; moto says CustomHealthNotFound of it");
    return rows;
  }

  private static String checked(Side side) {
    String cart = cart(side, each -> each.healthCheckCustomConfig(x -> {}));
    instance(side, cart, "a", "10.0.0.1");
    return cart;
  }

  private static void say(Side side, String service, String health) {
    side.cloudMap()
        .updateInstanceCustomHealthStatus(
            x -> x.serviceId(service).instanceId("a").status(health));
  }

  private static Map<String, String> health(Side side, String service) {
    return side.cloudMap().getInstancesHealthStatus(x -> x.serviceId(service)).statusAsStrings();
  }
}
