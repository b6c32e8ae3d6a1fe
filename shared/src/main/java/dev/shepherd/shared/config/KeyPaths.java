package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Splits keys at {@code ::}, the collector's own path separator, at every level of maps. */
final class KeyPaths {
  private static final String SEPARATOR = "::";

  /** More levels than any legal key has: a longer one is left whole, and is an unknown key. */
  private static final int MAX_PARTS = 12;

  private KeyPaths() {}

  static MapNode split(MapNode map) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Entry entry : map.entries()) {
      Entry split = split(entry);
      entries.merge(split.key(), split, KeyPaths::joined);
    }
    return new MapNode(map.place(), List.copyOf(entries.values()), map.size());
  }

  private static Entry split(Entry entry) {
    ConfigNode value = entry.value() instanceof MapNode map ? split(map) : entry.value();
    int separator = entry.key().lastIndexOf(SEPARATOR);
    if (separator <= 0 || entry.key().split(SEPARATOR, MAX_PARTS + 1).length > MAX_PARTS) {
      return new Entry(entry.place(), entry.key(), value);
    }
    String last = entry.key().substring(separator + SEPARATOR.length());
    MapNode inner = new MapNode(
        entry.place(), List.of(new Entry(entry.place(), last, value)), value.size() + 1);
    return split(new Entry(entry.place(), entry.key().substring(0, separator), inner));
  }

  /** Two maps under one key become one; of anything else the first stays. */
  private static Entry joined(Entry first, Entry second) {
    if (!(first.value() instanceof MapNode one && second.value() instanceof MapNode other)) {
      return first;
    }
    List<Entry> both = new ArrayList<>(one.entries());
    both.addAll(other.entries());
    return new Entry(
        first.place(),
        first.key(),
        split(new MapNode(one.place(), both, one.size() + other.size())));
  }
}
