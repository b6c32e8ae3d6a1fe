package dev.shepherd.shared.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one ADOT release knows: its components with their signals and former names, and every legal
 * key. Read from {@code adot-<release>.txt} beside this class; a component's keys are parsed when
 * it is first asked for.
 */
final class Catalogue {
  private final Release release;
  private final Map<String, Component> components;
  private final Map<String, Set<String>> words;
  private final Set<String> providers;
  private final Map<String, Integer> operators = new HashMap<>();
  private final ShapeReader reader;
  private final int telemetry;
  private final int prometheus;

  private Catalogue(Release release, List<String> lines) {
    this.release = release;
    Map<String, Integer> shapes = new HashMap<>();
    Map<String, Integer> headers = new LinkedHashMap<>();
    this.words = new HashMap<>();
    TreeSet<String> schemes = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || line.startsWith(" ") || line.startsWith("#")) {
        continue;
      }
      String[] head = line.split(" ", -1);
      switch (head[0]) {
        case "shape" -> shapes.put(head[1], i);
        case "operator" -> operators.put(head[1], i);
        case "enum" -> words.put(head[1], words(head));
        case "providers" -> schemes.addAll(Arrays.asList(head).subList(1, head.length));
        default -> headers.put(head[0] + " " + head[1], i);
      }
    }
    this.reader = new ShapeReader(lines, shapes);
    this.providers = Set.copyOf(schemes);
    this.telemetry = at(headers, "service telemetry");
    this.prometheus = at(headers, "prometheus config");
    this.components = new HashMap<>();
    headers.forEach((name, line) -> addComponent(name, lines.get(line), line, reader));
  }

  private static int at(Map<String, Integer> headers, String name) {
    return Optional.ofNullable(headers.get(name))
        .orElseThrow(() -> new IllegalStateException("a catalogue needs a section " + name));
  }

  private static Set<String> words(String[] head) {
    TreeSet<String> words = new TreeSet<>();
    for (String word : Arrays.asList(head).subList(2, head.length)) {
      words.add(word.equals("\"\"") ? "" : word);
    }
    return words;
  }

  private void addComponent(String name, String line, int index, ShapeReader reader) {
    String[] words = name.split(" ", -1);
    Optional<Kind> kind = Kind.of(words[0]);
    if (kind.isEmpty()) {
      return;
    }
    Map<String, String> attributes = ShapeReader.attributes(line);
    Component component = new Component(
        kind.orElseThrow(),
        words[1],
        list(attributes.get("signals")),
        list(attributes.get("aliases")),
        index,
        reader);
    components.put(name, component);
    component.aliases().forEach(alias -> components.put(words[0] + " " + alias, component));
  }

  private static Set<String> list(@Nullable String commas) {
    return commas == null || commas.isEmpty() ? Set.of() : Set.of(commas.split(",", -1));
  }

  /** Reads the catalogue of a release that {@link Releases} lists. */
  static Catalogue read(Release release) {
    return new Catalogue(release, lines("adot-" + release + ".txt"));
  }

  static List<String> lines(String resource) {
    try (InputStream stream = Catalogue.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the artifact lacks its resource " + resource);
      }
      return new String(stream.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + resource, broken);
    }
  }

  Release release() {
    return release;
  }

  /** The component that {@code type} names in this release, by its present or a former name. */
  Optional<Component> component(Kind kind, String type) {
    return Optional.ofNullable(components.get(kind.word + " " + type));
  }

  /** The present names of all components of a kind. */
  Set<String> types(Kind kind) {
    TreeSet<String> types = new TreeSet<>();
    components.values().stream()
        .filter(component -> component.kind() == kind)
        .forEach(component -> types.add(component.type()));
    return types;
  }

  /** Whether {@code text} is one of the words that a Go type accepts; true for other types. */
  boolean accepts(String enumeration, String text) {
    Set<String> legal = words.get(enumeration);
    return legal == null
        || legal.contains(text)
        || (legal.contains("anycase") && legal.contains(text.toLowerCase(Locale.ROOT)));
  }

  /** What {@link #accepts} would accept, for a message. */
  Set<String> legal(String enumeration) {
    TreeSet<String> legal = new TreeSet<>(words.getOrDefault(enumeration, Set.of()));
    legal.removeAll(Set.of("anycase", ""));
    return legal;
  }

  boolean hasProvider(String scheme) {
    return providers.contains(scheme);
  }

  /** The keys of an operator of the file_log receiver. */
  Optional<Shape> operator(String type) {
    return Optional.ofNullable(operators.get(type)).map(reader::section);
  }

  Shape telemetry() {
    return reader.section(telemetry);
  }

  Shape prometheus() {
    return reader.section(prometheus);
  }

  /** The kinds of components, by the section that configures them. */
  enum Kind {
    RECEIVER,
    PROCESSOR,
    EXPORTER,
    EXTENSION,
    CONNECTOR;

    final String word = name().toLowerCase(Locale.ROOT);
    final String section = word + "s";

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
  }

  /** A component of the release; its shape is read when asked for. */
  record Component(
      Kind kind,
      String type,
      Set<String> signals,
      Set<String> aliases,
      int line,
      ShapeReader reader) {
    Shape shape() {
      return reader.section(line);
    }
  }
}
