package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exporters' own checks. */
final class ExporterRules {
  private static final Set<Integer> RETENTION = Set.of(
      0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 2192, 2557, 2922,
      3288, 3653);
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
  private static final Set<String> PLACEHOLDERS = Set.of("ClusterName", "TaskId");
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_TAG_KEY = 128;
  private static final int LONGEST_TAG = 256;
  private static final List<String> TRANSLATIONS = List.of(
      "UnderscoreEscapingWithSuffixes",
      "UnderscoreEscapingWithoutSuffixes",
      "NoUTF8EscapingWithSuffixes",
      "NoTranslation");

  private ExporterRules() {}

  static void check(String type, Settings exporter) {
    switch (type) {
      case "otlp_grpc" -> {
        exporter.require("endpoint");
        TransportRules.grpcEndpoint(exporter);
        exporter.words("balancer_name", List.of("round_robin", "pick_first"));
        exporter.atLeast("timeout", 0);
      }
      case "otlp_http" -> otlpHttp(exporter);
      case "awscloudwatchlogs" -> cloudWatchLogs(exporter);
      case "awsemf" -> {
        for (Settings declaration : exporter.items("metric_declarations")) {
          FilterRules.patterns(declaration, "metric_name_selectors");
          declaration.items("label_matchers").forEach(m -> ExtensionRules.pattern(m, "regex"));
        }
        retention(exporter);
        tags(exporter);
      }
      case "prometheus_remote_write" -> remoteWrite(exporter);
      case "prometheus" -> exporter.words("translation_strategy", TRANSLATIONS);
      case "debug" -> debug(exporter);
      case "file" -> FileRules.exporter(exporter);
      case "load_balancing" -> loadBalancing(exporter);
      case "logzio" -> exporter.require("account_token");
      case "datadog" -> {
        exporter.part("api").require("key");
        Settings metadata = exporter.part("host_metadata");
        if (metadata.has("reporter_period")) {
          metadata.atLeast("reporter_period", 300_000_000_000L);
        }
      }
      case "signalfx" -> exporter.require("access_token");
      default -> {}
    }
  }

  private static void otlpHttp(Settings exporter) {
    List<String> endpoints = List.of(
        "endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint", "profiles_endpoint");
    exporter.seen("endpoint");
    if (endpoints.stream().allMatch(exporter::isBlank)) {
      exporter.error(
          "component-rule-required", "endpoint", "Set endpoint, or one for each signal.");
    }
  }

  private static void cloudWatchLogs(Settings exporter) {
    for (String key : List.of("log_group_name", "log_stream_name")) {
      exporter.require(key);
      Matcher placeholder = PLACEHOLDER.matcher(exporter.text(key).orElse(""));
      while (placeholder.find()) {
        if (!PLACEHOLDERS.contains(placeholder.group(1))) {
          exporter.error("component-rule-value", key, "Use {ClusterName} and {TaskId} only.");
          break;
        }
      }
    }
    retention(exporter);
    tags(exporter);
  }

  private static void retention(Settings exporter) {
    if (exporter
        .number("log_retention")
        .filter(n -> !RETENTION.contains(n.intValue()))
        .isPresent()) {
      exporter.error(
          "component-rule-value",
          "log_retention",
          "Write a number of days that CloudWatch Logs has, such as 1, 7, 30, 90, 365, or 0 for ever.");
    }
  }

  private static void tags(Settings exporter) {
    if (!(exporter.node("tags").orElse(null) instanceof MapNode tags)) {
      return;
    }
    if (tags.entries().isEmpty() || tags.entries().size() > MOST_TAGS) {
      exporter.error("component-rule-limit", "tags", "Write 1 to 50 tags, or leave the key out.");
    }
    for (Entry tag : tags.entries()) {
      boolean fits = tag.key().length() <= LONGEST_TAG_KEY
          && TAG.matcher(tag.key()).matches()
          && !(tag.value() instanceof ScalarNode value
              && (value.text().length() > LONGEST_TAG
                  || !TAG.matcher(value.text()).matches()));
      if (!fits) {
        exporter
            .part("tags")
            .error(
                "component-rule-value",
                tag.key(),
                "Use letters, digits, spaces and _.:/=+-@ in a tag, 128 for its key, 256 for its value.");
      }
    }
  }

  private static void remoteWrite(Settings exporter) {
    if (exporter.has("max_batch_request_parallelism")) {
      exporter.atLeast("max_batch_request_parallelism", 1);
    }
    Settings queue = exporter.part("remote_write_queue");
    queue.atLeast("num_consumers", 0);
    boolean on = queue.text("enabled").filter(v -> v.equalsIgnoreCase("true")).isPresent();
    queue.atLeast("queue_size", on ? 1 : 0);
    exporter.atLeast("max_batch_size_bytes", 0);
    if (exporter
        .text("compression")
        .filter(c -> !c.isEmpty() && !c.equals("snappy"))
        .isPresent()) {
      exporter.error("component-rule-value", "compression", "Write snappy, or leave the key out.");
    }
    exporter.words("translation_strategy", TRANSLATIONS.subList(0, 2));
    if (exporter
        .text("protobuf_message")
        .filter(m -> !m.isEmpty() && !m.equals("prometheus.WriteRequest"))
        .isPresent()) {
      exporter.error(
          "component-rule-gated", "protobuf_message", "Leave it out: ADOT sends version 1.");
    }
    exporter.seen("endpoint");
    if (!exporter.isWritten("endpoint")) {
      exporter
          .report()
          .warning(
              exporter.place(),
              "endpoint-placeholder",
              exporter.path() + ".endpoint",
              "Set endpoint: without it a placeholder is written to.");
    }
  }

  private static void debug(Settings exporter) {
    if (exporter.text("verbosity").filter(v -> v.equalsIgnoreCase("none")).isPresent()) {
      exporter.error("component-rule-value", "verbosity", "Write basic, normal or detailed.");
    }
    if (exporter.has("output_paths")
        && exporter
            .text("use_internal_logger")
            .filter(v -> v.equalsIgnoreCase("true"))
            .isPresent()) {
      exporter.error(
          "component-rule-conflict", "output_paths", "Set use_internal_logger to false for it.");
    }
  }

  private static void loadBalancing(Settings exporter) {
    exporter.atLeast("timeout", 0);
    boolean byAttributes =
        exporter.text("routing_key").filter("attributes"::equals).isPresent();
    if (byAttributes && !exporter.has("routing_attributes")) {
      exporter.error(
          "component-rule-required", "routing_attributes", "List the attributes to route by.");
    }
    if (!byAttributes
        && !exporter.isUnknown("routing_key")
        && !exporter.texts("routing_attributes").isEmpty()) {
      exporter.error(
          "component-rule-conflict", "routing_attributes", "Set routing_key to attributes.");
    }
  }
}
