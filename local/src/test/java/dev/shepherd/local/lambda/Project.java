package dev.shepherd.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The project's own files, as the tests of this folder read them. */
final class Project {
  static final Path ROOT = Path.of(System.getProperty("shepherd.root", ".."));

  private Project() {}

  static Template template() {
    return template(Map.of());
  }

  static Template template(Map<String, String> overrides) {
    try {
      return Template.read(ROOT.resolve("template.yaml"), overrides);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A file of {@code events/}, by its name without {@code .json}. */
  static ObjectNode event(String name) {
    try {
      String text = Files.readString(ROOT.resolve("events").resolve(name + ".json"));
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
