package dev.shepherd.shared.config;

import java.util.List;

/** The extensions' own checks. */
final class ExtensionRules {
  private ExtensionRules() {}

  static void check(String type, Settings extension) {
    switch (type) {
      case "health_check" -> health(extension);
      case "ecs_observer" -> observer(extension);
      case "file_storage" -> FileRules.storage(extension);
      case "sigv4auth" -> {
        Settings role = extension.part("assume_role");
        if (!role.isBlank("web_identity_token_file")) {
          role.require("arn");
        }
      }
      case "zpages" -> {
        if (extension.isWritten("endpoint")) {
          extension.require("endpoint");
        }
      }
      default -> {}
    }
  }

  private static void health(Settings health) {
    for (String key : List.of("http", "grpc")) {
      if (health.has(key)) {
        health.error("component-rule-gated", key, "Remove it: ADOT has it switched off.");
      }
    }
    if (health.isBlank("endpoint") && !health.isUnknown("endpoint")) {
      health.error("component-rule-required", "endpoint", "Set endpoint, or leave the key out.");
    }
    if (health.text("path").filter(path -> !path.startsWith("/")).isPresent()) {
      health.error("component-rule-value", "path", "Begin the path with a slash.");
    }
  }

  private static void observer(Settings observer) {
    observer.require("cluster_name");
    for (Settings service : observer.items("services")) {
      service.require("name_pattern");
      pattern(service, "name_pattern");
      pattern(service, "container_name_pattern");
    }
    for (Settings task : observer.items("task_definitions")) {
      task.require("arn_pattern");
      pattern(task, "arn_pattern");
      pattern(task, "container_name_pattern");
    }
    observer.items("docker_labels").forEach(label -> label.require("port_label"));
  }

  static void pattern(Settings settings, String key) {
    if (settings.text(key).filter(text -> !GoRegex.compiles(text)).isPresent()) {
      settings.error("component-rule-pattern", key, "Correct this regular expression (RE2).");
    }
  }
}
