package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Set;

/** Checks {@code service.telemetry}: the collector's own logs, metrics and traces. */
final class TelemetryRules {
  private static final String PATH = "service.telemetry";
  private static final Set<String> RESOURCE_KEYS =
      Set.of("attributes", "attributes_list", "detectors", "schema_url");

  private TelemetryRules() {}

  static void check(Entry telemetry, Catalogue catalogue, Report report) {
    new KeyRules(catalogue, report)
        .check(telemetry.value(), catalogue.telemetry(), PATH, telemetry.place());
    Settings settings = Settings.of(telemetry, catalogue.telemetry(), PATH, report);
    metrics(settings.part("metrics"));
    settings.part("logs").words("encoding", List.of("console", "json"));
    resource(settings.part("resource"));
  }

  private static void metrics(Settings metrics) {
    String level = metrics.text("level").orElse("?").toLowerCase(java.util.Locale.ROOT);
    boolean noReaders = metrics.node("readers").orElse(null) instanceof ListNode list
        && list.items().isEmpty();
    if (noReaders && !level.equals("none") && !level.equals("?")) {
      metrics.error("component-rule-telemetry", "readers", "List a reader, or set level to none.");
    }
    if (metrics.has("views") && !level.equals("detailed") && !level.equals("?")) {
      metrics.error("component-rule-telemetry", "views", "Set level to detailed to use views.");
    }
    for (Settings reader : metrics.items("readers")) {
      Settings prometheus = reader.part("pull").part("exporter").part("prometheus");
      if (prometheus.map().isPresent()) {
        for (String key : List.of("host", "port")) {
          prometheus.seen(key);
          if (!prometheus.has(key)) {
            prometheus.error("component-rule-required", key, "Set " + key + " for this reader.");
          }
        }
      }
    }
  }

  private static void resource(Settings resource) {
    if (resource.has("attributes_list")) {
      resource.error("component-rule-telemetry", "attributes_list", "Use attributes instead.");
    }
    for (Entry entry : resource.map().map(MapNode::entries).orElse(List.of())) {
      boolean text = entry.value() instanceof ScalarNode scalar
          && (scalar.isNull() || scalar.type() == ScalarType.STRING || scalar.expanded());
      if (!RESOURCE_KEYS.contains(entry.key())
          && !text
          && !(entry.value() instanceof ConfigNode.UnknownNode)) {
        resource.error("component-rule-telemetry", entry.key(), "Write a text for this attribute.");
      }
    }
  }
}
