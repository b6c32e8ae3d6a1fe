package dev.shepherd.shared.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checks of the actions of the attributes and resource processors, made when they are built.
 */
final class ActionRules {
  private static final List<String> SOURCES = List.of("value", "from_attribute", "from_context");
  private static final Set<String> ACTIONS =
      Set.of("insert", "update", "upsert", "delete", "hash", "extract", "convert");
  private static final Pattern UNNAMED_GROUP = Pattern.compile("(?<!\\\\)\\((?!\\?)");
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P?<");

  private ActionRules() {}

  static void check(Settings action) {
    Optional<String> written = action.text("action");
    if (written.isEmpty()) {
      return;
    }
    String name = written.orElseThrow().toLowerCase(Locale.ROOT);
    if (!ACTIONS.contains(name)) {
      action.error(
          "component-rule-value",
          "action",
          "Write one of: insert, update, upsert, delete, hash, extract, convert.");
      return;
    }
    boolean byPattern =
        (name.equals("delete") || name.equals("hash")) && !action.isBlank("pattern");
    if (!byPattern) {
      action.require("key");
    }
    switch (name) {
      case "insert", "update", "upsert" -> writes(action);
      case "delete", "hash" -> {
        unused(action, name, List.of("value", "from_attribute", "converted_type"));
        ExtensionRules.pattern(action, "pattern");
      }
      case "extract" -> {
        unused(action, name, List.of("value", "from_attribute", "from_context", "converted_type"));
        action.require("pattern");
        ExtensionRules.pattern(action, "pattern");
        groups(action);
      }
      default -> {
        unused(action, name, List.of("value", "from_attribute", "from_context", "pattern"));
        action.require("converted_type");
        action.words("converted_type", List.of("string", "int", "double"));
      }
    }
  }

  private static void writes(Settings action) {
    List<String> sources = SOURCES.stream().filter(key -> isSource(action, key)).toList();
    if (sources.isEmpty() && !action.has("default_value")) {
      action.error(
          "component-rule-required",
          "value",
          "Set value, from_attribute, from_context or default_value for this action.");
    }
    if (sources.size() > 1) {
      action.error(
          "component-rule-conflict", sources.getLast(), "Name only one source of the value.");
    }
    SOURCES.forEach(action::seen);
    unused(action, "write", List.of("pattern", "converted_type"));
  }

  private static boolean isSource(Settings action, String key) {
    return key.equals("value") ? action.has(key) : !action.isBlank(key);
  }

  private static void unused(Settings action, String name, List<String> keys) {
    for (String key : keys) {
      if (isSource(action, key) && action.has(key)) {
        action.error(
            "component-rule-conflict",
            key,
            "Remove it: an action that does " + name + " does not use it.");
      }
    }
  }

  private static void groups(Settings action) {
    String pattern = action.text("pattern").orElse("");
    if (pattern.isEmpty() || !GoRegex.compiles(pattern)) {
      return;
    }
    String plain = pattern.replaceAll("\\\\.", "").replaceAll("\\[[^\\]]*\\]", "");
    Matcher unnamed = UNNAMED_GROUP.matcher(plain);
    if (unnamed.find() || !NAMED_GROUP.matcher(plain).find()) {
      action.error("component-rule-pattern", "pattern", "Name every group: (?P<name>…).");
    }
  }
}
