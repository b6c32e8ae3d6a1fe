package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import java.util.ArrayList;
import java.util.Collection;
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
    return split(map.place(), map.entries(), map.size());
  }

  /** Entries of one key are gathered before they are joined, so that each is looked at once. */
  private static MapNode split(Place place, Collection<Entry> entries, int size) {
    Map<String, List<Entry>> gathered = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Entry split = split(entry);
      gathered.computeIfAbsent(split.key(), any -> new ArrayList<>(1)).add(split);
    }
    return new MapNode(place, gathered.values().stream().map(KeyPaths::joined).toList(), size);
  }

  private static Entry split(Entry entry) {
    int separator = entry.key().lastIndexOf(SEPARATOR);
    if (separator <= 0 || entry.key().split(SEPARATOR, MAX_PARTS + 1).length > MAX_PARTS) {
      return entry;
    }
    String last = entry.key().substring(separator + SEPARATOR.length());
    MapNode inner = new MapNode(
        entry.place(),
        List.of(new Entry(entry.place(), last, entry.value())),
        entry.value().size() + 1);
    return split(new Entry(entry.place(), entry.key().substring(0, separator), inner));
  }

  /** All maps under one key become one; of anything else the first stays. */
  private static Entry joined(List<Entry> same) {
    Entry first = same.getFirst();
    if (!(first.value() instanceof MapNode map)) {
      return first;
    }
    List<Entry> all = new ArrayList<>();
    int size = 0;
    for (Entry entry : same) {
      if (entry.value() instanceof MapNode other) {
        all.addAll(other.entries());
        size += other.size();
      }
    }
    return new Entry(first.place(), first.key(), split(map.place(), all, size));
  }
}
