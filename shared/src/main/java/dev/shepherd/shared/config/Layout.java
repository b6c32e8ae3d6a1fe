package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which components a config declares, and which of them its pipelines and service use. */
final class Layout {
  private final Map<Kind, Map<String, Entry>> declared = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<String, Set<String>>> used = new EnumMap<>(Kind.class);
  private final Set<Kind> hidden = EnumSet.noneOf(Kind.class);

  /** Notes a component; false if its id is taken. */
  boolean declare(Kind kind, ComponentId id, Entry entry) {
    return declared
            .computeIfAbsent(kind, any -> new LinkedHashMap<>())
            .putIfAbsent(id.toString(), entry)
        == null;
  }

  /** The whole section, or all that uses it, comes from where it cannot be seen. */
  void hide(Kind kind) {
    hidden.add(kind);
  }

  boolean isHidden(Kind kind) {
    return hidden.contains(kind);
  }

  /** Notes that a pipeline of {@code signal}, or the service, uses a component. */
  void use(Kind kind, String id, String signal) {
    used.computeIfAbsent(kind, any -> new LinkedHashMap<>())
        .computeIfAbsent(id, any -> new LinkedHashSet<>())
        .add(signal);
  }

  Map<String, Entry> declared(Kind kind) {
    return declared.getOrDefault(kind, Map.of());
  }

  Optional<Entry> declared(Kind kind, String id) {
    return Optional.ofNullable(declared(kind).get(id));
  }

  /** The components that are built and started, with the signals that they carry. */
  Map<String, Set<String>> used(Kind kind) {
    return used.getOrDefault(kind, Map.of());
  }

  boolean isEmpty() {
    return declared.values().stream().allMatch(Map::isEmpty) && hidden.isEmpty();
  }
}
