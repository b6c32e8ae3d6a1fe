package dev.shepherd.shared.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A node of a parsed config. Aliases and merges are expanded; {@link #size} bounds a walk. */
public sealed interface ConfigNode {
  /** Where the node begins. */
  Place place();

  /**
   * How many nodes a walk from here visits, itself included; at most {@link ConfigText#MAX_NODES}.
   */
  int size();

  /** A mapping: its entries by their keys, in the text's order. */
  record MapNode(Place place, SequencedMap<String, Entry> byKey, int size) implements ConfigNode {
    public MapNode {
      byKey = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byKey));
    }

    MapNode(Place place, Collection<Entry> entries, int size) {
      this(place, keyed(entries), size);
    }

    private static SequencedMap<String, Entry> keyed(Collection<Entry> entries) {
      SequencedMap<String, Entry> byKey = new LinkedHashMap<>();
      entries.forEach(entry -> byKey.put(entry.key(), entry));
      return byKey;
    }

    /** The entries in the text's order. */
    public Collection<Entry> entries() {
      return byKey.values();
    }

    /** The value under {@code key}. */
    public Optional<ConfigNode> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** The entry under {@code key}. */
    public Optional<Entry> entry(String key) {
      return Optional.ofNullable(byKey.get(key));
    }
  }

  /** A key with its value; {@code place} is the key's. */
  record Entry(Place place, String key, ConfigNode value) {}

  /** A sequence. */
  record ListNode(Place place, List<ConfigNode> items, int size) implements ConfigNode {
    public ListNode {
      items = List.copyOf(items);
    }
  }

  /**
   * A scalar.
   *
   * @param type as go-yaml v3 resolves it
   * @param text without quotes; empty for null
   * @param expanded whether a variable's text stands here, which a text field takes whatever its
   *     type
   */
  record ScalarNode(Place place, ScalarType type, String text, boolean expanded)
      implements ConfigNode {
    ScalarNode(Place place, ScalarType type, String text) {
      this(place, type, text, false);
    }

    @Override
    public int size() {
      return 1;
    }

    /** Whether it is {@code null}, {@code ~} or nothing at all. */
    public boolean isNull() {
      return type == ScalarType.NULL;
    }
  }

  /**
   * What only the collector will see, through a variable or a file; never in a text as parsed.
   *
   * @param text whether it is certainly a text: a reference with other characters around it
   */
  record UnknownNode(Place place, boolean text) implements ConfigNode {
    @Override
    public int size() {
      return 1;
    }
  }
}
