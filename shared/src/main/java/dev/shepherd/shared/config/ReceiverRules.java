package dev.shepherd.shared.config;

import java.util.List;
import java.util.Optional;

/** The receivers' own checks. */
final class ReceiverRules {
  private static final List<String> JAEGER =
      List.of("grpc", "thrift_http", "thrift_binary", "thrift_compact");

  private ReceiverRules() {}

  static void check(String type, Settings receiver) {
    switch (type) {
      case "otlp" -> protocols(receiver, List.of("grpc", "http"));
      case "jaeger" -> jaeger(receiver);
      case "statsd" -> statsd(receiver);
      case "prometheus" -> PrometheusRules.check(receiver);
      default -> {}
    }
  }

  private static void protocols(Settings receiver, List<String> known) {
    Settings protocols = receiver.part("protocols");
    boolean one =
        known.stream().anyMatch(key -> protocols.isWritten(key) && !protocols.isDisabled(key));
    if (!one && !receiver.isUnknown("protocols")) {
      receiver.error(
          "component-rule-required",
          "protocols",
          "Name at least one protocol under protocols: " + String.join(", ", known) + ".");
    }
  }

  private static void jaeger(Settings receiver) {
    protocols(receiver, JAEGER);
    for (String protocol : JAEGER) {
      Settings settings = receiver.part("protocols").part(protocol);
      Optional<String> endpoint = settings.text("endpoint");
      if (settings.has("endpoint")
          && endpoint.isPresent()
          && Address.of(endpoint.orElseThrow())
              .filter(a -> a.port().matches("\\d{1,5}"))
              .isEmpty()) {
        settings.error("component-rule-endpoint", "endpoint", "Write host:port here.");
      }
    }
    if (receiver.has("remote_sampling")) {
      receiver.error(
          "component-rule-gated", "remote_sampling", "Remove it: it is no longer there.");
    }
  }

  private static void statsd(Settings receiver) {
    receiver.atLeast("aggregation_interval", 1);
    receiver.words("counter_type", List.of("int", "float", "stochastic_int"));
    for (Settings mapping : receiver.items("timer_histogram_mapping")) {
      mapping.require("statsd_type");
      mapping.words("statsd_type", List.of("timing", "timer", "histogram", "distribution"));
      mapping.require("observer_type");
      mapping.words("observer_type", List.of("gauge", "summary", "histogram"));
      String observer = mapping.text("observer_type").orElse("");
      if (mapping
              .part("histogram")
              .number("max_size")
              .filter(n -> n.signum() != 0)
              .isPresent()
          && !List.of("histogram", "").contains(observer)) {
        mapping.error(
            "component-rule-conflict", "histogram", "Use it with observer_type histogram.");
      }
      if (mapping.part("summary").has("percentiles")
          && !List.of("summary", "").contains(observer)) {
        mapping.error("component-rule-conflict", "summary", "Use it with observer_type summary.");
      }
    }
  }
}
