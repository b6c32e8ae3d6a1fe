package dev.shepherd.shared.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads shapes from a catalogue's lines: a key, its type and its attributes on one line, what is
 * beneath it one space deeper, {@code []} for a list's items, {@code *} for any key of a map,
 * {@code use=NAME} for a shape that stands elsewhere in the file.
 */
final class ShapeReader {
  private final List<String> lines;
  private final Map<String, Integer> named;
  private final Map<String, Shape> read = new ConcurrentHashMap<>();
  private final Map<Integer, Shape> sections = new ConcurrentHashMap<>();

  /** {@code named} tells the line on which each shape begins. */
  ShapeReader(List<String> lines, Map<String, Integer> named) {
    this.lines = lines;
    this.named = Map.copyOf(named);
  }

  /** The map whose keys follow line {@code index}, with the attributes that stand on it. */
  Shape section(int index) {
    Shape known = sections.get(index);
    if (known == null) {
      known = shape("map", attributes(lines.get(index)), index);
      sections.put(index, known);
    }
    return known;
  }

  private Shape named(String name) {
    Shape known = read.get(name);
    if (known == null) {
      Integer index = named.get(name);
      if (index == null) {
        throw new IllegalStateException("the catalogue has no shape '" + name + "'");
      }
      known = section(index);
      read.put(name, known);
    }
    return known;
  }

  private Shape shape(String type, Map<String, String> attributes, int index) {
    Map<String, Shape> keys = new HashMap<>();
    Optional<Shape> each = Optional.empty();
    int depth = depth(lines.get(index)) + 1;
    for (int i = index + 1; i < lines.size() && depth(lines.get(i)) >= depth; i++) {
      if (depth(lines.get(i)) == depth) {
        String[] words = lines.get(i).strip().split(" ", 3);
        Shape child = shape(words[1], attributes(lines.get(i)), i);
        if (words[0].equals("[]") || words[0].equals("*")) {
          each = Optional.of(child);
        } else {
          keys.put(words[0], child);
        }
      }
    }
    String use = attributes.getOrDefault("use", "");
    if (!use.isEmpty()) {
      keys.putAll(named(use).keys());
      each = named(use).each();
    }
    return new Shape(
        Shape.Kind.of(type),
        keys,
        each,
        flags(attributes),
        attributes.getOrDefault("go", ""),
        attributes.getOrDefault("rules", ""),
        Optional.ofNullable(attributes.get("default")));
  }

  private static Set<String> flags(Map<String, String> attributes) {
    Set<String> flags = new HashSet<>();
    attributes.forEach((key, value) -> {
      if (value.isEmpty() && !key.equals("default")) {
        flags.add(key);
      }
    });
    return flags;
  }

  /**
   * {@code name=value} or {@code name} from the third word on. A default runs to the line's end.
   */
  static Map<String, String> attributes(String line) {
    Map<String, String> attributes = new HashMap<>();
    String[] words = line.strip().split(" ", -1);
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        attributes.put(words[i], "");
      } else {
        attributes.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    int fallback = line.indexOf(" default=");
    if (fallback >= 0) {
      attributes.put("default", line.substring(fallback + " default=".length()));
    }
    return attributes;
  }

  private static int depth(String line) {
    int depth = 0;
    while (depth < line.length() && line.charAt(depth) == ' ') {
      depth++;
    }
    return depth;
  }
}
