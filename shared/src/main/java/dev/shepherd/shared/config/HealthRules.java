package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.Servers.Server;
import dev.shepherd.shared.config.TaskFacts.Container;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the config answers the container's health check. ADOT's {@code /healthcheck} asks
 * {@code http://127.0.0.1:13133/}, or the port of {@code -port}; without an answer ECS ends every
 * task.
 *
 * @see <a
 *     href="https://github.com/aws-observability/aws-otel-collector/blob/main/cmd/healthcheck/main.go">ADOT's
 *     health check</a>
 */
final class HealthRules {
  private static final Pattern PORT = Pattern.compile("--?port[= ]\\s*(\\d{1,5})");
  private static final String USUAL_PORT = "13133";
  private static final Set<String> REACHABLE =
      Set.of("", "0.0.0.0", "::", "localhost", "127.0.0.1");

  private final Container collector;
  private final Layout layout;
  private final Servers servers;
  private final Report report;

  HealthRules(Container collector, Layout layout, Servers servers, Report report) {
    this.collector = collector;
    this.layout = layout;
    this.servers = servers;
    this.report = report;
  }

  void check() {
    List<String> command = collector.healthCheck();
    if (command.isEmpty()) {
      return;
    }
    if (command.getFirst().equals("CMD-SHELL")
        && collector.image().contains("aws-otel-collector")) {
      report.warning(
          Place.START,
          "task-health-check-shell",
          "",
          "Write the health check as CMD, /healthcheck: ADOT's image has no shell.");
    }
    if (String.join(" ", command).contains("/healthcheck") && !layout.isHidden(Kind.EXTENSION)) {
      answered(String.join(" ", command));
    }
  }

  private void answered(String command) {
    Matcher matcher = PORT.matcher(command);
    String port = matcher.find() ? matcher.group(1) : USUAL_PORT;
    Optional<String> id = layout.used(Kind.EXTENSION).keySet().stream()
        .filter(extension -> ComponentId.of(extension).type().equals("health_check"))
        .findFirst();
    if (id.isEmpty()) {
      error(
          Place.START,
          "service.extensions",
          "Configure health_check and list it under service.extensions: the container's health check asks it.");
      return;
    }
    Entry entry = layout.declared(Kind.EXTENSION, id.orElseThrow()).orElseThrow();
    Settings settings = Settings.of(entry, Shape.ANY, "extensions." + entry.key(), report);
    if (settings
        .text("path")
        .filter(path -> !path.isEmpty() && !path.equals("/"))
        .isPresent()) {
      error(
          settings.placeOf("path"),
          settings.path() + ".path",
          "Leave the path at /: /healthcheck asks it there.");
    }
    Optional<Server> server = servers.of("health_check");
    if (!settings.isUnknown("endpoint")
        && server.isPresent()
        && !serves(server.orElseThrow(), port)) {
      error(
          server.orElseThrow().place(),
          server.orElseThrow().path(),
          "Listen on port " + port
              + " of localhost or of all addresses: the container's health check asks it there.");
    }
  }

  private static boolean serves(Server server, String port) {
    return server.address().port().equals(port)
        && REACHABLE.contains(server.address().host());
  }

  private void error(Place place, String path, String message) {
    report.error(place, "task-health-check", path, message);
  }
}
