package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Component;
import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a config's sections and the components in them, each by itself; reads its {@link Layout}.
 */
final class CollectorRules {
  private static final Set<String> TOP =
      Set.of("receivers", "processors", "exporters", "connectors", "extensions", "service");

  private final Catalogue catalogue;
  private final Report report;
  private final KeyRules keys;
  private final Layout layout = new Layout();

  CollectorRules(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
    this.keys = new KeyRules(catalogue, report);
  }

  /** Checks everything above the pipelines. */
  Layout check(MapNode root) {
    for (Entry entry : root.entries()) {
      if (!TOP.contains(entry.key()) && !report.isFull()) {
        report.error(
            entry.place(),
            "unknown-key",
            entry.key(),
            "Remove or correct this section: " + Suggestion.among(TOP, entry.key()));
      }
    }
    for (Kind kind : Kind.values()) {
      root.entry(kind.section).ifPresent(entry -> section(kind, entry));
    }
    presence(root);
    return layout;
  }

  private void section(Kind kind, Entry section) {
    switch (section.value()) {
      case MapNode map -> map.entries().forEach(entry -> component(kind, entry));
      case UnknownNode unknown -> unseen(kind, section, unknown);
      case ScalarNode scalar when scalar.isNull() -> {}
      case ScalarNode _, ConfigNode.ListNode _ ->
        report.error(
            section.place(),
            "type-mismatch",
            section.key(),
            "Write a mapping here: the id of each of the " + section.key() + " as a key.");
    }
  }

  private void unseen(Kind kind, Entry section, UnknownNode unknown) {
    layout.hide(kind);
    report.unknown(
        unknown.place(),
        "env-unseen",
        section.key(),
        "Make sure that the variable holds this section: it cannot be seen here.");
  }

  private void component(Kind kind, Entry entry) {
    if (report.isFull()) {
      return;
    }
    String path = kind.section + "." + entry.key();
    Optional<String> problem = ComponentId.problem(entry.key());
    if (problem.isPresent()) {
      report.error(entry.place(), "bad-id", path, problem.orElseThrow());
      return;
    }
    ComponentId id = ComponentId.of(entry.key());
    if (!layout.declare(kind, id, entry)) {
      report.error(
          entry.place(),
          "bad-id",
          path,
          "Rename one of the two: without spaces their ids are equal.");
    }
    if (!id.toString().equals(entry.key())) {
      report.warning(
          entry.place(),
          "id-spaces",
          path,
          "Take the spaces out of this id: the collector loses the settings beneath it.");
    }
    catalogue
        .component(kind, id.type())
        .ifPresentOrElse(
            component -> settings(component, id, entry, path),
            () -> unknownType(kind, id, entry, path));
  }

  private void settings(Component component, ComponentId id, Entry entry, String path) {
    if (!component.type().equals(id.type())) {
      report.warning(
          entry.place(),
          "renamed-type",
          path,
          "Write " + component.type() + " here and where it is used: this name goes away.");
    }
    if (entry.value() instanceof ScalarNode scalar && !scalar.isNull()) {
      report.error(
          entry.place(),
          "type-mismatch",
          path,
          "Write a mapping here, or nothing for the defaults.");
      return;
    }
    Shape shape = component.shape();
    keys.check(entry.value(), shape, path, entry.place());
    if (!(entry.value() instanceof UnknownNode)) {
      Settings settings = Settings.of(entry, shape, path, report);
      ComponentRules.check(component, settings);
      OperatorRules.keys(settings, catalogue);
    }
  }

  private void unknownType(Kind kind, ComponentId id, Entry entry, String path) {
    String message = id.type().equals("logging")
        ? "Use the debug exporter: logging has been removed."
        : kind == Kind.CONNECTOR
            ? "Remove it: ADOT has no connectors."
            : "Use a type that ADOT "
                + catalogue.release()
                + " has: "
                + Suggestion.among(catalogue.types(kind), id.type());
    report.error(entry.place(), "unknown-type", path, message);
  }

  private void presence(MapNode root) {
    if (layout.isEmpty()) {
      report.error(
          root.place(), "empty-config", "", "Configure receivers, exporters and pipelines.");
      return;
    }
    for (Kind kind : Set.of(Kind.RECEIVER, Kind.EXPORTER)) {
      if (layout.declared(kind).isEmpty() && !layout.isHidden(kind)) {
        report.error(
            root.entry(kind.section).map(Entry::place).orElse(root.place()),
            "no-" + kind.section,
            kind.section,
            "Configure at least one of the " + kind.section + ".");
      }
    }
  }
}
