package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what the collector would say at its start, and what the task definition makes wrong, from
 * the text alone.
 *
 * <ol>
 *   <li>A text that cannot be parsed has that finding alone.
 *   <li>The top must be a mapping with {@code receivers}, {@code exporters} and
 *       {@code service.pipelines}.
 * </ol>
 *
 * <p>All findings, not the first, sorted, none with a value of the config; never throws.
 */
public final class ConfigValidator {
  private ConfigValidator() {}

  /** Validates {@code config} for {@code target}. */
  public static Validation validate(ConfigText config, ValidationTarget target) {
    if (!config.readable()) {
      return new Validation(config.findings());
    }
    Optional<ConfigNode> top = config.node().filter(node -> !isNull(node));
    if (top.isEmpty()) {
      return refused(Place.START, "empty-config", "Write a config: this text holds none.");
    }
    if (config.root().isEmpty()) {
      return refused(
          top.orElseThrow().place(),
          "not-a-map",
          "Write a mapping at the top level: receivers, exporters, service.");
    }
    return new Validation(structure(config.root().orElseThrow()));
  }

  private static Validation refused(Place place, String rule, String message) {
    return new Validation(List.of(Finding.error(place, rule, "", message)));
  }

  private static List<Finding> structure(MapNode root) {
    List<Finding> findings = new ArrayList<>();
    for (String section : List.of("receivers", "exporters")) {
      if (isAbsent(root.get(section))) {
        findings.add(Finding.error(
            placeOf(root, section),
            "no-" + section,
            section,
            "Configure at least one of the " + section + "."));
      }
    }
    Optional<MapNode> service =
        root.get("service").filter(MapNode.class::isInstance).map(MapNode.class::cast);
    if (isAbsent(service.flatMap(map -> map.get("pipelines")))) {
      Place place =
          service.map(map -> placeOf(map, "pipelines")).orElseGet(() -> placeOf(root, "service"));
      findings.add(Finding.error(
          place, "no-pipelines", "service.pipelines", "Define at least one pipeline."));
    }
    return findings;
  }

  private static boolean isAbsent(Optional<ConfigNode> node) {
    return node.filter(value -> !isNull(value) && !isEmptyMap(value)).isEmpty();
  }

  private static boolean isEmptyMap(ConfigNode node) {
    return node instanceof MapNode map && map.entries().isEmpty();
  }

  private static boolean isNull(ConfigNode node) {
    return node instanceof ScalarNode scalar && scalar.isNull();
  }

  private static Place placeOf(MapNode map, String key) {
    return map.entry(key).map(Entry::place).orElse(map.place());
  }
}
