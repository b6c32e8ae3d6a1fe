package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks {@code service}: its keys, its extensions, its pipelines and what they refer to. */
final class ServiceRules {
  private static final Set<String> KEYS = Set.of("telemetry", "extensions", "pipelines");
  private static final Set<String> SIGNALS = Set.of("traces", "metrics", "logs");
  private static final List<Kind> IN_PIPELINES =
      List.of(Kind.RECEIVER, Kind.PROCESSOR, Kind.EXPORTER);

  private final Catalogue catalogue;
  private final Report report;
  private final ReferenceRules references;

  ServiceRules(Catalogue catalogue, Layout layout, Report report) {
    this.catalogue = catalogue;
    this.references = new ReferenceRules(catalogue, layout, report);
    this.report = report;
  }

  void check(MapNode root) {
    Optional<Entry> service = root.entry("service");
    ConfigNode value = service.map(Entry::value).orElse(root);
    if (service.isPresent() && value instanceof MapNode map) {
      unknownKeys(map, KEYS, "service");
      map.entry("extensions").ifPresent(this::extensions);
      map.entry("telemetry").ifPresent(entry -> TelemetryRules.check(entry, catalogue, report));
      pipelines(map.entry("pipelines"), service.orElseThrow().place());
    } else if (service.isPresent() && value instanceof UnknownNode) {
      unseen(service.orElseThrow(), "service");
    } else if (service.isPresent() && !isNull(value)) {
      mismatch(service.orElseThrow().place(), "service", "a mapping");
    } else {
      pipelines(Optional.empty(), service.map(Entry::place).orElse(root.place()));
    }
  }

  private void extensions(Entry extensions) {
    references.check(Kind.EXTENSION, extensions, "service.extensions", "");
  }

  private void pipelines(Optional<Entry> entry, Place fallback) {
    ConfigNode value =
        entry.map(Entry::value).orElse(new ScalarNode(fallback, ScalarType.NULL, ""));
    if (value instanceof UnknownNode) {
      unseen(entry.orElseThrow(), "service.pipelines");
    } else if (isNull(value) || (value instanceof MapNode map && map.entries().isEmpty())) {
      report.error(
          entry.map(Entry::place).orElse(fallback),
          "no-pipelines",
          "service.pipelines",
          "Define at least one pipeline.");
    } else if (value instanceof MapNode map) {
      Set<String> ids = new HashSet<>();
      map.entries().forEach(pipeline -> pipeline(pipeline, ids));
    } else {
      mismatch(entry.orElseThrow().place(), "service.pipelines", "a mapping");
    }
  }

  private void pipeline(Entry pipeline, Set<String> ids) {
    String path = "service.pipelines." + pipeline.key();
    ComponentId id = ComponentId.of(pipeline.key());
    Optional<String> problem = ComponentId.nameProblem(pipeline.key());
    if (problem.isPresent()) {
      report.error(pipeline.place(), "bad-id", path, problem.orElseThrow());
    } else if (id.type().equals("profiles")) {
      report.error(
          pipeline.place(), "profiles-gated", path, "Remove it: ADOT's profiles are switched off.");
    } else if (!SIGNALS.contains(id.type())) {
      report.error(
          pipeline.place(), "bad-id", path, "Begin a pipeline's id with traces, metrics or logs.");
    } else if (!ids.add(id.toString())) {
      report.error(
          pipeline.place(),
          "bad-id",
          path,
          "Rename one of the two: without spaces their ids are equal.");
    }
    switch (pipeline.value()) {
      case MapNode map -> lists(map, pipeline, id.type(), path);
      case UnknownNode _ -> unseen(pipeline, path);
      case ScalarNode scalar
      when scalar.isNull() -> empty(pipeline.place(), path, "receiver and one exporter");
      case ScalarNode _, ListNode _ -> mismatch(pipeline.place(), path, "a mapping");
    }
  }

  private void lists(MapNode map, Entry pipeline, String signal, String path) {
    unknownKeys(map, Set.of("receivers", "processors", "exporters"), path);
    for (Kind kind : IN_PIPELINES) {
      Optional<Entry> list = map.entry(kind.section);
      boolean empty = list.map(Entry::value)
          .filter(value ->
              !isNull(value) && !(value instanceof ListNode l && l.items().isEmpty()))
          .isEmpty();
      if (empty && kind != Kind.PROCESSOR) {
        empty(list.map(Entry::place).orElse(pipeline.place()), path, kind.word);
      }
      list.ifPresent(entry -> references.check(kind, entry, path + "." + kind.section, signal));
    }
  }

  private void empty(Place place, String path, String what) {
    report.error(place, "pipeline-empty", path, "Name at least one " + what + " in this pipeline.");
  }

  private void unknownKeys(MapNode map, Set<String> legal, String path) {
    for (Entry entry : map.entries()) {
      if (!legal.contains(entry.key())) {
        report.error(
            entry.place(),
            "unknown-key",
            path + "." + entry.key(),
            "Remove or correct this key: " + Suggestion.among(legal, entry.key()));
      }
    }
  }

  private void unseen(Entry entry, String path) {
    report.unknown(
        entry.place(), "env-unseen", path, "Make sure that the variable holds what belongs here.");
  }

  private void mismatch(Place place, String path, String expected) {
    report.error(place, "type-mismatch", path, "Write " + expected + " here.");
  }

  private static boolean isNull(ConfigNode node) {
    return node instanceof ScalarNode scalar && scalar.isNull();
  }
}
