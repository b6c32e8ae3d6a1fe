package dev.shepherd.shared.config;

import java.util.List;

/** The checks of what reads and writes files. */
final class FileRules {
  private FileRules() {}

  static void exporter(Settings file) {
    file.require("path");
    if (file.isOn("append") && file.has("rotation")) {
      file.error("component-rule-conflict", "append", "Use either append or rotation.");
    }
    file.words("format", List.of("json", "proto"));
    file.words("compression", List.of("zstd"));
    file.atLeast("flush_interval", 0);
    if (file.isOn("create_directory")) {
      octal(file, "directory_permissions");
    } else if (!file.isBlank("directory_permissions") && !file.isUnknown("create_directory")) {
      file.error(
          "component-rule-conflict", "directory_permissions", "Set create_directory to true.");
    }
    Settings groups = file.part("group_by");
    if (groups.isOn("enabled")) {
      if (file.text("path")
          .filter(path -> path.split("\\*", -1).length != 2 || path.startsWith("*"))
          .isPresent()) {
        file.error(
            "component-rule-value",
            "path",
            "Write exactly one * in the path, not as its beginning.");
      }
      if (groups.has("resource_attribute")) {
        groups.require("resource_attribute");
      }
    }
  }

  static void storage(Settings storage) {
    storage.atLeast("max_size", 0);
    storage.part("compaction").atLeast("max_transaction_size", 0);
    if (storage.isOn("create_directory")) {
      octal(storage, "directory_permissions");
    } else {
      storage
          .report()
          .unknown(
              storage.placeOf("directory"),
              "file-unseen",
              storage.path() + ".directory",
              "Make sure that this directory is there, or set create_directory to true.");
    }
  }

  private static void octal(Settings settings, String key) {
    if (settings
        .text(key)
        .filter(text -> !text.isEmpty() && !text.matches("0*[0-7]{1,3}"))
        .isPresent()) {
      settings.error("component-rule-value", key, "Write octal digits, such as \"0750\".");
    }
  }
}
