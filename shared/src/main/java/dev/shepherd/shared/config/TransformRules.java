package dev.shepherd.shared.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The checks of metric transforms, span names and sampling policies, made when they are built. */
final class TransformRules {
  private static final List<String> AGGREGATIONS =
      List.of("sum", "mean", "min", "max", "count", "median");
  private static final List<String> POLICIES = List.of(
      "always_sample",
      "latency",
      "numeric_attribute",
      "probabilistic",
      "status_code",
      "string_attribute",
      "rate_limiting",
      "bytes_limiting",
      "composite",
      "and",
      "not",
      "drop",
      "span_count",
      "trace_state",
      "boolean_attribute",
      "ottl_condition",
      "trace_flags");

  private TransformRules() {}

  static void check(Settings transform) {
    transform.require("include");
    transform.words("match_type", List.of("strict", "regexp"));
    if (transform.text("match_type").filter("regexp"::equals).isPresent()) {
      ExtensionRules.pattern(transform, "include");
    }
    transform.require("action");
    transform.words("action", List.of("insert", "update", "combine", "group"));
    transform.words("aggregation_type", AGGREGATIONS);
    transform.words("submatch_case", List.of("lower", "upper"));
    String action = transform.text("action").orElse("");
    if (action.equals("insert") || action.equals("combine")) {
      transform.require("new_name");
    }
    if (action.equals("combine")) {
      transform.require("aggregation_type");
    }
    if (action.equals("group") && !transform.isWritten("group_resource_labels")) {
      transform.error(
          "component-rule-required", "group_resource_labels", "Set it for this action.");
    }
    transform.items("operations").forEach(TransformRules::operation);
  }

  private static void operation(Settings operation) {
    operation.require("action");
    operation.words(
        "action",
        List.of(
            "toggle_scalar_data_type",
            "add_label",
            "update_label",
            "delete_label_value",
            "aggregate_labels",
            "aggregate_label_values",
            "experimental_scale_value"));
    operation.words("aggregation_type", AGGREGATIONS);
    switch (operation.text("action").orElse("")) {
      case "update_label" -> operation.require("label");
      case "add_label" -> {
        operation.require("new_label");
        operation.require("new_value");
      }
      case "experimental_scale_value" -> {
        if (operation.number("experimental_scale").filter(n -> n.signum() == 0).isPresent()) {
          operation.error(
              "component-rule-required", "experimental_scale", "Set it for this action.");
        }
      }
      default -> {}
    }
  }

  static void span(Settings span) {
    Settings name = span.part("name");
    Settings to = name.part("to_attributes");
    boolean renames =
        !name.texts("from_attributes").isEmpty() || !to.texts("rules").isEmpty();
    if (!renames && !span.has("status") && !name.isUnknown("from_attributes")) {
      span.error(
          "component-rule-required",
          "name",
          "Set from_attributes or to_attributes under name, or status.");
    }
    FilterRules.patterns(to, "rules");
    if (span.has("status")) {
      Settings status = span.part("status");
      status.require("code");
      status.words("code", List.of("Ok", "Error", "Unset"));
      if (!status.isBlank("description")
          && !status.text("code").equals(java.util.Optional.of("Error"))) {
        status.error("component-rule-conflict", "description", "Use it with the code Error only.");
      }
    }
  }

  static void policies(Settings sampling) {
    Set<String> names = new HashSet<>();
    for (Settings policy : sampling.items("policies")) {
      policy.require("name");
      if (policy
          .text("name")
          .filter(name -> !name.isEmpty() && !names.add(name))
          .isPresent()) {
        policy.error("component-rule-conflict", "name", "Give each policy a name of its own.");
      }
      policy.require("type");
      policy.words("type", POLICIES);
    }
  }
}
