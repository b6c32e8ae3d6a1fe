package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Map;

/** The {@code include} and {@code exclude} of the attributes and span processors. */
final class MatchRules {
  private static final Map<String, List<String>> LEGAL = Map.of(
      "traces",
      List.of("services", "span_names", "span_kinds", "attributes", "libraries", "resources"),
      "logs",
      List.of(
          "attributes",
          "libraries",
          "resources",
          "log_bodies",
          "log_severity_texts",
          "log_severity_number"),
      "metrics",
      List.of("metric_names", "resources"));
  private static final List<String> ALL = List.of(
      "services",
      "span_names",
      "span_kinds",
      "attributes",
      "libraries",
      "resources",
      "log_bodies",
      "log_severity_texts",
      "log_severity_number",
      "metric_names");
  private static final List<String> TEXTS = List.of(
      "services", "span_names", "span_kinds", "log_bodies", "log_severity_texts", "metric_names");

  private MatchRules() {}

  /** What fails when a processor with these settings is built for a pipeline of {@code signal}. */
  static void build(Settings processor, String signal) {
    for (String side : List.of("include", "exclude")) {
      Settings match = processor.part(side);
      if (match.map().isPresent()) {
        match(match, LEGAL.getOrDefault(signal, ALL), signal);
      }
    }
  }

  private static void match(Settings match, List<String> legal, String signal) {
    for (String key : ALL) {
      if (!legal.contains(key) && isFilled(match, key)) {
        match.error(
            "component-rule-conflict", key, "Remove it: it does not apply to " + signal + ".");
      }
    }
    if (legal.stream().noneMatch(key -> isFilled(match, key))) {
      match.error("component-rule-required", "", "Set one of: " + String.join(", ", legal) + ".");
    }
    boolean metrics = signal.equals("metrics");
    if (!metrics) {
      attributes(match, "attributes");
      attributes(match, "resources");
    }
    boolean valued = match.items("attributes").stream().anyMatch(item -> item.has("value"))
        || match.items("resources").stream().anyMatch(item -> item.has("value"));
    boolean typed = (!metrics && (valued || !match.items("libraries").isEmpty()))
        || TEXTS.stream().anyMatch(key -> legal.contains(key) && isFilled(match, key));
    if (typed) {
      type(match);
    }
    if (match.text("match_type").filter("regexp"::equals).isPresent()) {
      TEXTS.forEach(key -> FilterRules.patterns(match, key));
    }
  }

  /** The rule that match_type says strict or regexp. */
  static void type(Settings match) {
    match.words("match_type", List.of("strict", "regexp"));
    match.require("match_type");
  }

  private static void attributes(Settings match, String key) {
    for (Settings attribute : match.items(key)) {
      attribute.require("key");
      boolean text = !(attribute.node("value").orElse(null) instanceof ScalarNode scalar)
          || scalar.isNull()
          || scalar.type() == ScalarType.STRING;
      if (!text && match.text("match_type").filter("regexp"::equals).isPresent()) {
        attribute.error(
            "component-rule-value", "value", "Write a text: regexp matches texts only.");
      }
    }
  }

  /** Whether a list has entries, or what is no list is there; what cannot be seen counts. */
  static boolean isFilled(Settings settings, String key) {
    return settings.has(key)
        && !(settings.node(key).orElse(null) instanceof ListNode list
            && list.items().isEmpty());
  }
}
