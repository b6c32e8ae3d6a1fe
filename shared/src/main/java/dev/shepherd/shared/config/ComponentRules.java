package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Component;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.Shape.Kind;
import java.util.Optional;

/**
 * What components check of their own settings when the collector validates a config: used in a
 * pipeline or not.
 */
final class ComponentRules {
  private ComponentRules() {}

  static void check(Component component, Settings settings) {
    parts(settings);
    switch (component.kind()) {
      case RECEIVER -> ReceiverRules.check(component.type(), settings);
      case PROCESSOR -> ProcessorRules.check(component.type(), settings);
      case EXPORTER -> ExporterRules.check(component.type(), settings);
      case EXTENSION -> ExtensionRules.check(component.type(), settings);
      case CONNECTOR -> {}
    }
  }

  /** The parts that many components share: TLS, queues, retries. */
  private static void parts(Settings settings) {
    if (settings.map().isEmpty()) {
      return;
    }
    Optional<Shape> transport = Optional.ofNullable(settings.shape().keys().get("transport"));
    if (transport.filter(t -> t.enumeration().equals("confignet.TransportType")).isPresent()
        && settings.isWritten("transport")
        && settings.isBlank("transport")) {
      settings.error(
          "component-rule-value", "transport", "Write tcp, udp or unix, or leave it out.");
    }
    for (Entry entry : settings.map().orElseThrow().entries()) {
      Settings part = settings.part(entry.key());
      if (entry.value() instanceof MapNode
          && !(part.shape().is("optional") && settings.isDisabled(entry.key()))) {
        TransportRules.check(part);
        parts(part);
      } else if (entry.value() instanceof ListNode && part.shape().kind() == Kind.LIST) {
        TransportRules.pairs(part, settings.items(entry.key()));
        settings.items(entry.key()).forEach(ComponentRules::parts);
      }
    }
  }
}
