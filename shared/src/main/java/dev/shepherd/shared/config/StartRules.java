package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What only shows when the collector starts: extensions that components need but that are not
 * switched on, addresses that cannot be listened on, and two servers on one port.
 */
final class StartRules {
  /** Exporters that do not look their extensions up when they start, or not at all. */
  private static final Set<String> WITHOUT_EXTENSIONS =
      Set.of("datadog", "signalfx", "load_balancing");

  private final Catalogue catalogue;
  private final Layout layout;
  private final Report report;

  StartRules(Catalogue catalogue, Layout layout, Report report) {
    this.catalogue = catalogue;
    this.layout = layout;
    this.report = report;
  }

  /** Checks every component that is built and started; gives back what they listen on. */
  Servers check(MapNode root) {
    Servers servers = new Servers(report);
    Settings top = new Settings(Optional.of(root), Shape.ANY, "", root.place(), report);
    servers.addTelemetry(top.part("service").part("telemetry").part("metrics"));
    for (Kind kind : Kind.values()) {
      layout.used(kind).forEach((id, signals) -> {
        Entry entry = layout.declared(kind, id).orElseThrow();
        String path = kind.section + "." + entry.key();
        catalogue.component(kind, ComponentId.of(id).type()).ifPresent(component -> {
          Settings settings = Settings.of(entry, component.shape(), path, report);
          BuildRules.check(component, settings, signals);
          if (!WITHOUT_EXTENSIONS.contains(component.type())) {
            extensions(settings);
          }
          servers.add(component, settings);
        });
      });
    }
    servers.clashes();
    return servers;
  }

  /** Follows every component id within settings: it must be an extension that is switched on. */
  private void extensions(Settings settings) {
    if (settings.shape().keys().containsKey("authenticator")
        && settings.map().isPresent()
        && settings.isBlank("authenticator")) {
      settings.error(
          "auth-reference", "authenticator", "Name an authenticator, or leave auth out.");
    }
    for (Entry entry : settings.map().map(MapNode::entries).orElse(java.util.List.of())) {
      Settings part = settings.part(entry.key());
      if (part.shape().enumeration().equals("component.ID")) {
        settings
            .text(entry.key())
            .filter(id -> !id.isEmpty())
            .ifPresent(id -> extension(settings, entry, id));
      } else if (entry.value() instanceof MapNode && !settings.isDisabled(entry.key())) {
        extensions(part);
      } else if (entry.value() instanceof ListNode) {
        settings.items(entry.key()).forEach(this::extensions);
      }
    }
  }

  private void extension(Settings settings, Entry entry, String id) {
    if (ComponentId.problem(id).isPresent() || layout.isHidden(Kind.EXTENSION)) {
      return;
    }
    ComponentId wanted = ComponentId.of(id);
    boolean authenticator = entry.key().equals("authenticator");
    String type = Map.of("authenticator", "sigv4auth", "storage", "file_storage")
        .getOrDefault(entry.key(), wanted.type());
    if (!layout.used(Kind.EXTENSION).containsKey(wanted.toString())) {
      settings.error(
          authenticator ? "auth-reference" : "component-rule-extension",
          entry.key(),
          "Configure this extension and list it under service.extensions: it is needed here.");
    } else if (!wanted.type().equals(type)) {
      settings.error(
          authenticator ? "auth-reference" : "component-rule-extension",
          entry.key(),
          "Name an extension of the type " + type + " here.");
    }
  }
}
