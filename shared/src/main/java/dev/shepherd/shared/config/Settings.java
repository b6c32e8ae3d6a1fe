package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A component's settings, or a part of them, as rules ask for them: what is written, else the
 * default. What cannot be seen, or is of the wrong type, is empty, so that a rule says nothing of
 * it.
 */
record Settings(Optional<MapNode> map, Shape shape, String path, Place place, Report report) {
  static Settings of(Entry entry, Shape shape, String path, Report report) {
    return new Settings(asMap(entry.value()), shape, path, entry.place(), report);
  }

  private static Optional<MapNode> asMap(ConfigNode node) {
    return node instanceof MapNode map ? Optional.of(map) : Optional.empty();
  }

  /** What stands under {@code key}, null included. */
  Optional<ConfigNode> node(String key) {
    return map.flatMap(m -> m.get(key));
  }

  /** Whether the key is written, with null or anything else. */
  boolean isWritten(String key) {
    return node(key).isPresent();
  }

  /** Whether the key is written with something other than null; unknown counts. */
  boolean has(String key) {
    return node(key)
        .filter(node -> !(node instanceof ScalarNode s && s.isNull()))
        .isPresent();
  }

  private Shape shapeOf(String key) {
    return shape.under(key).orElse(Shape.ANY);
  }

  /** The part under {@code key}; without settings if it is not written as a map. */
  Settings part(String key) {
    Place at = map.flatMap(m -> m.entry(key)).map(Entry::place).orElse(place);
    return new Settings(
        node(key).flatMap(Settings::asMap), shapeOf(key), path + "." + key, at, report);
  }

  /** The maps in the list under {@code key}. */
  List<Settings> items(String key) {
    List<Settings> items = new ArrayList<>();
    if (node(key).orElse(null) instanceof ListNode list) {
      int index = 0;
      for (ConfigNode item : list.items()) {
        String at = path + "." + key + "[" + index++ + "]";
        asMap(item)
            .ifPresent(m -> items.add(new Settings(
                Optional.of(m), shapeOf(key).each().orElse(Shape.ANY), at, m.place(), report)));
      }
    }
    return items;
  }

  /** The texts in the list under {@code key}, or between the commas of a text. */
  List<ScalarNode> texts(String key) {
    List<ScalarNode> texts = new ArrayList<>();
    switch (node(key).orElse(null)) {
      case ListNode list -> list.items().forEach(item -> known(item).ifPresent(texts::add));
      case ScalarNode scalar
      when scalar.type() == ScalarType.STRING -> {
        for (String part : scalar.text().split(",", -1)) {
          texts.add(new ScalarNode(scalar.place(), ScalarType.STRING, part));
        }
      }
      case null, default -> {}
    }
    return texts;
  }

  private static Optional<ScalarNode> known(ConfigNode node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar) : Optional.empty();
  }

  /**
   * The text; empty if it cannot be seen, "" if there is none. A null that is written is no
   * default: the collector reads it as "".
   */
  Optional<String> text(String key) {
    Optional<ConfigNode> node = node(key);
    return node.isEmpty()
        ? Optional.of(shapeOf(key).fallback().orElse(""))
        : node.flatMap(Settings::known).map(ScalarNode::text);
  }

  /** Whether the text is certainly empty. */
  boolean isBlank(String key) {
    return text(key).filter(String::isEmpty).isPresent();
  }

  /** A number, or nanoseconds of a duration; 0 without a default, and for a null. */
  Optional<BigDecimal> number(String key) {
    return text(key).flatMap(text -> GoScalars.amount(text.isEmpty() ? "0" : text));
  }

  /** The rule that a text must be there; what cannot be seen counts as there. */
  void require(String key) {
    if (isBlank(key)) {
      error("component-rule-required", key, "Set " + key + ": it has no default.");
    }
    seen(key);
  }

  /** Says that what {@code key} needs is not to be seen here, if it is not. */
  void seen(String key) {
    if (node(key)
        .filter(node -> node instanceof UnknownNode unknown && !unknown.text())
        .isPresent()) {
      report.unknown(
          placeOf(key),
          "env-unseen",
          path + "." + key,
          "Make sure that the variable is set in the container: this setting must not be empty.");
    }
  }

  /** The rule that a text is one of few words, or is not there. */
  void words(String key, Collection<String> legal) {
    if (text(key).filter(text -> !text.isEmpty() && !legal.contains(text)).isPresent()) {
      error("component-rule-value", key, "Write one of: " + String.join(", ", legal) + ".");
    }
  }

  /** The rule that a number is not below {@code bound}. */
  void atLeast(String key, long bound) {
    if (isBelow(key, bound)) {
      error("component-rule-limit", key, "Write a number of at least " + bound + " here.");
    }
  }

  /** The rule that the texts of a list differ, upper and lower case being the same. */
  void distinct(String key) {
    Set<String> seen = new HashSet<>();
    if (!texts(key).stream().allMatch(text -> seen.add(text.text().toLowerCase(Locale.ROOT)))) {
      error("component-rule-conflict", key, "Name each of these keys only once.");
    }
  }

  /** Whether the number is certainly below {@code bound}. */
  boolean isBelow(String key, long bound) {
    return number(key).filter(n -> n.compareTo(BigDecimal.valueOf(bound)) < 0).isPresent();
  }

  /** Whether the number under {@code key} is certainly below the one under {@code other}. */
  boolean isBelow(String key, String other) {
    return number(key).flatMap(n -> number(other).map(m -> n.compareTo(m) < 0)).orElse(false);
  }

  /** Whether a switch is certainly on. */
  boolean isOn(String key) {
    return text(key).filter(value -> value.equalsIgnoreCase("true")).isPresent();
  }

  /** Whether the part under {@code key} is certainly switched off with {@code enabled: false}. */
  boolean isDisabled(String key) {
    return part(key)
            .text("enabled")
            .filter(value -> value.equalsIgnoreCase("false"))
            .isPresent()
        && part(key).has("enabled");
  }

  Place placeOf(String key) {
    return map.flatMap(m -> m.entry(key)).map(Entry::place).orElse(place);
  }

  /** An error at {@code key}, or at the component if the key is not written. */
  void error(String rule, String key, String message) {
    report.error(placeOf(key), rule, key.isEmpty() ? path : path + "." + key, message);
  }

  boolean isUnknown(String key) {
    return node(key).filter(UnknownNode.class::isInstance).isPresent();
  }
}
