package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;

/**
 * Checks keys and types against a catalogue's shapes, as the collector's decoder does: keys are
 * case-sensitive, an unknown one is an error, and no type is turned into another, but that a number
 * does for a duration, a fraction for a whole number, and a text with commas for a list of texts.
 */
final class KeyRules {
  private final Catalogue catalogue;
  private final Report report;
  private final Dialect dialect;

  KeyRules(Catalogue catalogue, Report report) {
    this(catalogue, report, Dialect.COLLECTOR);
  }

  private KeyRules(Catalogue catalogue, Report report, Dialect dialect) {
    this.catalogue = catalogue;
    this.report = report;
    this.dialect = dialect;
  }

  /**
   * Whose reader it is: Prometheus' takes any scalar for a text, and names its errors otherwise.
   */
  enum Dialect {
    COLLECTOR(""),
    PROMETHEUS("prom-config-");

    final String prefix;

    Dialect(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Checks {@code node}; {@code place} is where findings about the node itself stand. */
  void check(ConfigNode node, Shape shape, String path, Place place) {
    switch (node) {
      case ScalarNode scalar -> {
        if (!scalar.isNull()) {
          new ScalarRules(catalogue, report, dialect).check(scalar, shape, path, place);
        }
      }
      case UnknownNode unknown -> unknown(unknown, shape, path, place);
      case MapNode map -> map(map, shape, path, place);
      case ListNode list -> list(list, shape, path, place);
    }
  }

  private void map(MapNode map, Shape shape, String path, Place place) {
    switch (shape.kind()) {
      case MAP -> {
        for (Entry entry : map.entries()) {
          entry(entry, shape, path);
        }
      }
      case LIST -> {
        if (!shape.is("pairs")) {
          mismatch(place, path, "a list");
          return;
        }
        for (Entry entry : map.entries()) {
          Shape text = shape.each().flatMap(pair -> pair.under("value")).orElse(Shape.ANY);
          check(entry.value(), text, path + "." + entry.key(), entry.place());
        }
      }
      case PROMETHEUS ->
        new KeyRules(catalogue, report, Dialect.PROMETHEUS)
            .check(map, catalogue.prometheus(), path, place);
      case ANY -> {}
      case STRING, BOOL, INT, UINT, FLOAT, DURATION, TEXT, PROMDURATION ->
        mismatch(place, path, ScalarRules.name(shape));
    }
  }

  private void entry(Entry entry, Shape shape, String path) {
    if (report.isFull()) {
      return;
    }
    String at = path + "." + entry.key();
    shape
        .under(entry.key())
        .ifPresentOrElse(
            child -> check(entry.value(), child, at, entry.place()),
            () -> report.error(
                entry.place(),
                dialect.prefix + "unknown-key",
                at,
                "Remove or correct this key: "
                    + Suggestion.among(shape.keys().keySet(), entry.key())));
  }

  private void list(ListNode list, Shape shape, String path, Place place) {
    switch (shape.kind()) {
      case LIST -> {
        int index = 0;
        for (ConfigNode item : list.items()) {
          check(item, shape.each().orElse(Shape.ANY), path + "[" + index++ + "]", item.place());
        }
      }
      case ANY -> {}
      case MAP, PROMETHEUS -> mismatch(place, path, "a mapping");
      case STRING, BOOL, INT, UINT, FLOAT, DURATION, TEXT, PROMDURATION ->
        mismatch(place, path, ScalarRules.name(shape));
    }
  }

  private void unknown(UnknownNode unknown, Shape shape, String path, Place place) {
    switch (shape.kind()) {
      case STRING, ANY -> {}
      case BOOL, INT, UINT, FLOAT, MAP, LIST, PROMETHEUS -> {
        if (unknown.text() && !shape.is("comma") && !shape.is("text")) {
          mismatch(place, path, ScalarRules.name(shape));
        } else {
          unseen(place, path, shape);
        }
      }
      case DURATION, TEXT, PROMDURATION -> unseen(place, path, shape);
    }
  }

  private void unseen(Place place, String path, Shape shape) {
    report.unknown(
        place,
        "env-unseen",
        path,
        "Make sure that the variable holds " + ScalarRules.name(shape)
            + ": it cannot be seen here.");
  }

  private void mismatch(Place place, String path, String expected) {
    report.error(place, dialect.prefix + "type-mismatch", path, "Write " + expected + " here.");
  }
}
