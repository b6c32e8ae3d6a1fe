package dev.shepherd.local.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the config texts that a scenario names by file or holds itself. */
record Texts(Path folder) {
  static final Pattern PARAMETER = Pattern.compile("(/[A-Za-z0-9_.-]+)+");
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,254}");

  /** @param label the file's name, or "text" */
  record Named(String label, String text) {}

  /** What {@code file} or {@code text} of this mapping give; exactly one of them is there. */
  Named of(YamlMap map) {
    Optional<YamlValue> file = map.find("file");
    Optional<YamlValue> text = map.find("text");
    if (file.isPresent() == text.isPresent()) {
      throw map.self().error("exactly one of the keys 'file' and 'text' is needed here");
    }
    return file.map(this::ofFile)
        .or(() -> text.map(value -> new Named("text", value.text())))
        .orElseThrow();
  }

  private Named ofFile(YamlValue value) {
    String name = value.text();
    try {
      return new Named(name, Files.readString(folder.resolve(name)));
    } catch (IOException unreadable) {
      throw value.error("the file '" + name + "' cannot be read from " + folder);
    }
  }
}
