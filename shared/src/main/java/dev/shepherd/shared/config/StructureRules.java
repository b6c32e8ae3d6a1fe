package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Optional;

/** What every OpenTelemetry collector asks of a config, whatever it is built from. */
final class StructureRules {
  private StructureRules() {}

  static void check(MapNode root, Report report) {
    for (String section : List.of("receivers", "exporters")) {
      if (isAbsent(root.get(section))) {
        report.error(
            placeOf(root, section),
            "no-" + section,
            section,
            "Configure at least one of the " + section + ".");
      }
    }
    Optional<MapNode> service =
        root.get("service").filter(MapNode.class::isInstance).map(MapNode.class::cast);
    if (isAbsent(service.flatMap(map -> map.get("pipelines")))) {
      Place place =
          service.map(map -> placeOf(map, "pipelines")).orElseGet(() -> placeOf(root, "service"));
      report.error(place, "no-pipelines", "service.pipelines", "Define at least one pipeline.");
    }
  }

  private static boolean isAbsent(Optional<ConfigNode> node) {
    return node.filter(value -> !(value instanceof ScalarNode scalar && scalar.isNull())
            && !(value instanceof MapNode map && map.entries().isEmpty()))
        .isEmpty();
  }

  private static Place placeOf(MapNode map, String key) {
    return map.entry(key).map(Entry::place).orElse(map.place());
  }
}
