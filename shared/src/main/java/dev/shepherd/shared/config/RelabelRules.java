package dev.shepherd.shared.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of one relabelling rule.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config">relabel_config</a>
 */
final class RelabelRules {
  private static final Set<String> ACTIONS = Set.of(
      "replace",
      "keep",
      "drop",
      "hashmod",
      "labelmap",
      "labeldrop",
      "labelkeep",
      "lowercase",
      "uppercase",
      "keepequal",
      "dropequal");
  private static final Set<String> WITH_TARGET =
      Set.of("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal");
  private static final List<String> BESIDE_REGEX =
      List.of("source_labels", "target_label", "modulus", "separator", "replacement");

  private RelabelRules() {}

  static void check(Settings rule) {
    if (rule.text("regex").filter(text -> !GoRegex.compiles(text)).isPresent()) {
      rule.error("prom-config-pattern", "regex", "Correct this regular expression (RE2).");
    }
    Optional<String> written =
        rule.isWritten("action") ? rule.text("action") : Optional.of("replace");
    if (written.isEmpty()) {
      return;
    }
    String action = written.orElseThrow().toLowerCase(Locale.ROOT);
    if (!ACTIONS.contains(action)) {
      if (rule.has("action")) {
        rule.error("prom-config-value", "action", "Write an action that Prometheus has.");
      }
      return;
    }
    if (WITH_TARGET.contains(action) && rule.isBlank("target_label")) {
      rule.error("prom-config-required", "target_label", "Set target_label for this action.");
    }
    if (action.equals("hashmod")
        && rule.number("modulus").filter(n -> n.signum() == 0).isPresent()) {
      rule.error("prom-config-required", "modulus", "Set modulus for hashmod.");
    }
    if (action.equals("labelmap") && rule.has("replacement") && rule.isBlank("replacement")) {
      rule.error("prom-config-value", "replacement", "Write a label name as the replacement.");
    }
    unused(rule, action);
  }

  private static void unused(Settings rule, String action) {
    boolean equal = action.equals("keepequal") || action.equals("dropequal");
    boolean drops = action.equals("labeldrop") || action.equals("labelkeep");
    boolean cases = action.equals("lowercase") || action.equals("uppercase");
    for (String key : BESIDE_REGEX) {
      boolean label = key.equals("source_labels") || key.equals("target_label");
      boolean refused = drops || (equal && !label) || (cases && key.equals("replacement"));
      if (refused && rule.has(key) && !isDefault(rule, key)) {
        rule.error("prom-config-conflict", key, "Remove it: this action does not use it.");
      }
    }
    if (equal
        && rule.has("regex")
        && rule.text("regex").filter(text -> !text.equals("(.*)")).isPresent()) {
      rule.error("prom-config-conflict", "regex", "Remove it: this action does not use it.");
    }
  }

  private static boolean isDefault(Settings rule, String key) {
    return switch (key) {
      case "separator" -> rule.text(key).filter(text -> text.equals(";")).isPresent();
      case "replacement" -> rule.text(key).filter(text -> text.equals("$1")).isPresent();
      case "modulus" -> rule.number(key).filter(n -> n.signum() == 0).isPresent();
      case "target_label" -> rule.isBlank(key);
      default -> false;
    };
  }
}
