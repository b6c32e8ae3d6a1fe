package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;
import java.util.HashSet;
import java.util.Set;

/** Checks lists of component ids: that they are ids, configured, and fit for the signal. */
final class ReferenceRules {
  private static final Set<String> SIGNALS = Set.of("traces", "metrics", "logs");

  private final Catalogue catalogue;
  private final Layout layout;
  private final Report report;

  ReferenceRules(Catalogue catalogue, Layout layout, Report report) {
    this.catalogue = catalogue;
    this.layout = layout;
    this.report = report;
  }

  /** Checks the list under {@code entry}, of a pipeline of {@code signal}, or of the service. */
  void check(Kind kind, Entry entry, String path, String signal) {
    switch (entry.value()) {
      case ListNode list -> {
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (ConfigNode item : list.items()) {
          reference(kind, item, path + "[" + index++ + "]", signal, seen);
        }
      }
      case UnknownNode _ -> {
        layout.hide(kind);
        unseen(entry, path);
      }
      case ScalarNode scalar when scalar.isNull() -> {}
      case ScalarNode _, MapNode _ -> mismatch(entry.place(), path, "a list of ids");
    }
  }

  private void reference(Kind kind, ConfigNode item, String path, String signal, Set<String> seen) {
    if (item instanceof UnknownNode) {
      layout.hide(kind);
      report.unknown(
          item.place(),
          "env-unseen",
          path,
          "Make sure that the variable holds the id of a component.");
    } else if (!(item instanceof ScalarNode scalar)
        || !(scalar.isNull() || scalar.type() == ScalarType.STRING)) {
      mismatch(item.place(), path, "a component's id");
    } else if (scalar.isNull()) {
      undefined(kind, item.place(), path);
    } else if (ComponentId.problem(scalar.text()).isPresent()) {
      report.error(
          item.place(), "bad-id", path, ComponentId.problem(scalar.text()).orElseThrow());
    } else {
      resolved(kind, ComponentId.of(scalar.text()), item.place(), path, signal, seen);
    }
  }

  private void resolved(
      Kind kind, ComponentId id, Place place, String path, String signal, Set<String> seen) {
    if (layout.declared(kind, id.toString()).isEmpty()) {
      if (!layout.isHidden(kind)) {
        undefined(kind, place, path);
      }
      return;
    }
    layout.use(kind, id.toString(), signal);
    if (!seen.add(id.toString()) && kind == Kind.PROCESSOR) {
      report.error(place, "dup-processor", path, "Name a processor only once in a pipeline.");
    }
    catalogue
        .component(kind, id.type())
        .filter(component -> SIGNALS.contains(signal) && !component.signals().contains(signal))
        .ifPresent(component -> report.error(
            place,
            "signal-mismatch",
            path,
            "Take it out: this %s works on %s, not on %s."
                .formatted(
                    kind.word,
                    String.join(" and ", new java.util.TreeSet<>(component.signals())),
                    signal)));
  }

  private void undefined(Kind kind, Place place, String path) {
    report.error(
        place,
        "undefined-reference",
        path,
        "Configure it under %s, by exactly this id, or take it out here.".formatted(kind.section));
  }

  private void unseen(Entry entry, String path) {
    report.unknown(
        entry.place(), "env-unseen", path, "Make sure that the variable holds a list of ids.");
  }

  private void mismatch(Place place, String path, String expected) {
    report.error(place, "type-mismatch", path, "Write " + expected + " here.");
  }
}
