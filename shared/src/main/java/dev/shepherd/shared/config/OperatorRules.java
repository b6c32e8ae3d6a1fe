package dev.shepherd.shared.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The operators of the file_log receiver.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/stanza/docs/operators">Operators</a>
 */
final class OperatorRules {
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P?<");

  private OperatorRules() {}

  /** Types and keys, which the collector's decoder checks. */
  static void keys(Settings receiver, Catalogue catalogue) {
    KeyRules keys = new KeyRules(catalogue, receiver.report());
    for (Settings operator : receiver.items("operators")) {
      Optional<String> type = operator.text("type").filter(text -> !text.isEmpty());
      if (operator.isBlank("type")) {
        operator.error("component-rule-required", "type", "Set the type of this operator.");
      }
      if (type.isPresent()) {
        Optional<Shape> shape = catalogue.operator(type.orElseThrow());
        if (shape.isEmpty()) {
          operator.error(
              "component-rule-value",
              "type",
              "Name an operator that ADOT has, such as json_parser.");
        } else {
          keys.check(
              operator.map().orElseThrow(), shape.orElseThrow(), operator.path(), operator.place());
        }
      }
    }
  }

  /** What operators need when they are built. */
  static void build(Settings receiver) {
    for (Settings operator : receiver.items("operators")) {
      switch (operator.text("type").orElse("")) {
        case "regex_parser" -> {
          operator.require("regex");
          ExtensionRules.pattern(operator, "regex");
          if (operator
              .text("regex")
              .filter(text -> !text.isEmpty() && !NAMED_GROUP.matcher(text).find())
              .isPresent()) {
            operator.error(
                "component-rule-pattern", "regex", "Name at least one group: (?P<name>…).");
          }
        }
        case "move", "copy" -> {
          operator.require("from");
          operator.require("to");
        }
        case "remove", "add" -> operator.require("field");
        case "syslog_parser" -> {
          operator.require("protocol");
          operator.words("protocol", List.of("rfc3164", "rfc5424"));
        }
        case "filter" -> operator.require("expr");
        case "time_parser" -> time(operator);
        default -> {
          if (operator.part("timestamp").map().isPresent()) {
            time(operator.part("timestamp"));
          }
        }
      }
    }
  }

  private static void time(Settings time) {
    time.words("layout_type", List.of("strptime", "gotime", "epoch", "native"));
    if (time.text("layout_type").filter("native"::equals).isEmpty()) {
      time.require("layout");
    }
  }
}
