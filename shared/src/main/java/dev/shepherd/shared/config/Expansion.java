package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;
import dev.shepherd.shared.config.References.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces {@code ${…}} as the collector's resolver does before it reads a config.
 *
 * <ol>
 *   <li>The innermost first reference of a value is replaced, until none is left; keys never.
 *   <li>A reference that is the whole value may become anything; its text is YAML of its own.
 *   <li>One among other characters becomes part of a text.
 *   <li>What is not known becomes an unknown; a default counts as the value when nothing is known
 *       of its variable.
 *   <li>{@code $$} becomes {@code $}, and {@code a::b} a key within a key.
 * </ol>
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/collector/configuration/#environment-variables">Environment
 *     variables in the collector's configuration</a>
 */
final class Expansion {
  /** A character of the private use area: it stands for what is not known within a text. */
  private static final String UNSEEN = "\uE000";

  private static final int MAX_ROUNDS = 1_000;
  private static final int MAX_NESTING = 10;

  /** Characters of variables' texts that are read as YAML: lists of references multiply them. */
  private static final int MAX_READ = 1024 * 1024;

  private final References references;
  private final Report report;
  private int nesting;
  private int read;

  Expansion(References references, Report report) {
    this.references = references;
    this.report = report;
  }

  /** The config as the collector would read it. */
  MapNode expand(MapNode root) {
    return KeyPaths.split(map(root, ""));
  }

  private MapNode map(MapNode map, String path) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : map.entries()) {
      String at = path.isEmpty() ? entry.key() : path + "." + entry.key();
      entries.add(new Entry(entry.place(), entry.key(), value(entry.value(), at, entry.place())));
    }
    return new MapNode(map.place(), entries, map.size());
  }

  private ConfigNode value(ConfigNode node, String path, Place place) {
    return switch (node) {
      case MapNode map -> map(map, path);
      case ListNode list -> {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
          items.add(value(item, path + "[" + items.size() + "]", item.place()));
        }
        yield new ListNode(list.place(), items, list.size());
      }
      case ScalarNode scalar ->
        scalar.type() == ScalarType.STRING ? text(scalar, path, place) : scalar;
      case UnknownNode unknown -> unknown;
    };
  }

  private ConfigNode text(ScalarNode scalar, String path, Place place) {
    String text = scalar.text();
    boolean expanded = scalar.expanded();
    Span last = Span.START;
    for (int round = 0; round < MAX_ROUNDS && text.length() <= ConfigText.MAX_SCALAR; round++) {
      Optional<Span> found = References.find(text, last);
      if (found.isEmpty()) {
        return finished(scalar.place(), text, expanded);
      }
      last = found.orElseThrow();
      String reference = last.of(text);
      if (reference.contains(UNSEEN)) {
        return new UnknownNode(scalar.place(), !reference.equals(text));
      }
      Optional<String> replacement = references.resolve(reference, path, place, report);
      if (!reference.equals(text)) {
        text = last.replaced(text, replacement.orElse(UNSEEN));
        continue;
      }
      if (replacement.isEmpty()) {
        return new UnknownNode(scalar.place(), false);
      }
      read += replacement.orElseThrow().length();
      if (read > MAX_READ) {
        return new UnknownNode(scalar.place(), false);
      }
      ConfigNode value = parsed(replacement.orElseThrow(), scalar.place());
      if (!(value instanceof ScalarNode plain && plain.type() == ScalarType.STRING)) {
        return nested(value, path, place);
      }
      text = replacement.orElseThrow();
      last = Span.START;
      expanded = true;
    }
    report.error(
        place, "expansion-loop", path, "Break the loop: these references never come to an end.");
    return new UnknownNode(scalar.place(), false);
  }

  private ConfigNode nested(ConfigNode value, String path, Place place) {
    if (nesting >= MAX_NESTING) {
      return new UnknownNode(value.place(), false);
    }
    nesting++;
    ConfigNode expanded = value(value, path, place);
    nesting--;
    return expanded;
  }

  private static ConfigNode finished(Place place, String text, boolean expanded) {
    return text.contains(UNSEEN)
        ? new UnknownNode(place, true)
        : new ScalarNode(place, ScalarType.STRING, text.replace("$$", "$"), expanded);
  }

  /** A variable's text is YAML; what is no YAML is taken as it stands. */
  private static ConfigNode parsed(String text, Place place) {
    if (text.isEmpty()) {
      return new ScalarNode(place, ScalarType.NULL, "", true);
    }
    return ConfigText.parse(text)
        .node()
        .map(node -> moved(node, text, place))
        .orElseGet(() -> new ScalarNode(place, ScalarType.STRING, text, true));
  }

  private static ConfigNode moved(ConfigNode node, String text, Place place) {
    return switch (node) {
      case ScalarNode scalar -> new ScalarNode(place, scalar.type(), text, true);
      case ListNode list ->
        new ListNode(
            place,
            list.items().stream()
                .map(item -> moved(item, scalarText(item), place))
                .toList(),
            list.size());
      case MapNode map ->
        new MapNode(
            place,
            map.entries().stream()
                .map(entry -> new Entry(
                    place, entry.key(), moved(entry.value(), scalarText(entry.value()), place)))
                .toList(),
            map.size());
      case UnknownNode unknown -> unknown;
    };
  }

  private static String scalarText(ConfigNode node) {
    return node instanceof ScalarNode scalar ? scalar.text() : "";
  }
}
