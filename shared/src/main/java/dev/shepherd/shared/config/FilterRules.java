package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Map;

/** The filter processor's checks: the old and the new style apart, and conditions that parse. */
final class FilterRules {
  private static final Map<String, List<String>> CONDITIONS = Map.of(
      "traces", List.of("resource", "span", "spanevent"),
      "metrics", List.of("resource", "metric", "datapoint"),
      "logs", List.of("resource", "log_record"),
      "profiles", List.of("resource", "profile"));

  private static final List<String> TEXTS =
      List.of("metric_names", "span_names", "services", "span_kinds", "bodies", "severity_texts");

  private FilterRules() {}

  static void check(Settings filter) {
    CONDITIONS.forEach((signal, keys) -> conditions(filter, signal, keys));
    for (String key : List.of("trace", "metric", "log", "profile")) {
      String inferred = key + "_conditions";
      if (filter.isWritten(inferred) && !filter.has(inferred)) {
        filter.error("type-mismatch", inferred, "Write a list of conditions here.");
      }
      if (filter.has(inferred)) {
        Settings explicit = filter.part(key + "s");
        if (CONDITIONS.getOrDefault(key + "s", List.of()).stream().anyMatch(explicit::has)) {
          filter.error("component-rule-conflict", inferred, "Use it without " + key + "s.");
        }
        for (ScalarNode condition : filter.texts(inferred)) {
          parse(filter, inferred, condition);
        }
        for (Settings group : filter.items(inferred)) {
          group.texts("conditions").forEach(condition -> parse(group, "conditions", condition));
        }
      }
    }
  }

  private static void conditions(Settings filter, String signal, List<String> keys) {
    Settings part = filter.part(signal);
    Settings matchers = signal.equals("traces") ? filter.part("spans") : part;
    boolean conditions = keys.stream().anyMatch(part::has);
    if (conditions && (matchers.has("include") || matchers.has("exclude"))) {
      part.error(
          "component-rule-conflict", "", "Use either conditions or include and exclude, not both.");
    }
    for (String key : keys) {
      part.texts(key).forEach(condition -> parse(part, key, condition));
    }
  }

  private static void parse(Settings settings, String key, ScalarNode condition) {
    if (condition.type() == ScalarType.STRING && !OttlCondition.parses(condition.text())) {
      settings
          .report()
          .error(
              condition.place(),
              "component-rule-pattern",
              settings.path() + "." + key,
              "Correct this OTTL condition: it does not parse.");
    }
  }

  /** What fails when the processor is built for a pipeline of {@code signal}. */
  static void build(Settings filter, String signal) {
    if (signal.equals("traces")) {
      MatchRules.build(filter.part("spans"), signal);
      return;
    }
    Settings matchers = filter.part(signal);
    for (String side : List.of("include", "exclude")) {
      Settings properties = matchers.part(side);
      if (TEXTS.stream().anyMatch(key -> MatchRules.isFilled(properties, key))) {
        if (properties.text("match_type").filter("expr"::equals).isEmpty()) {
          MatchRules.type(properties);
        }
        if (properties.text("match_type").filter("regexp"::equals).isPresent()) {
          TEXTS.forEach(key -> patterns(properties, key));
        }
      }
    }
  }

  static void patterns(Settings properties, String key) {
    for (ScalarNode pattern : properties.texts(key)) {
      if (!GoRegex.compiles(pattern.text())) {
        properties
            .report()
            .error(
                pattern.place(),
                "component-rule-pattern",
                properties.path() + "." + key,
                "Correct this regular expression (RE2).");
      }
    }
  }
}
