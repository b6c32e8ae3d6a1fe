package dev.shepherd.shared.config;

import java.util.List;
import java.util.Set;

/** The processors' own checks. */
final class ProcessorRules {
  private static final Set<String> METRIC_TYPES =
      Set.of("sum", "histogram", "exponential_histogram");

  private ProcessorRules() {}

  static void check(String type, Settings processor) {
    switch (type) {
      case "batch" -> batch(processor);
      case "memory_limiter" -> memoryLimiter(processor);
      case "attributes" -> notEmpty(processor, "actions");
      case "resource" -> notEmpty(processor, "attributes");
      case "deltatorate" -> notEmpty(processor, "metrics");
      case "cumulativetodelta" -> cumulativeToDelta(processor);
      case "metricsgeneration" -> processor.items("rules").forEach(ProcessorRules::generation);
      case "probabilistic_sampler" -> sampler(processor);
      case "tail_sampling" -> {
        processor.words("sampling_strategy", List.of("trace-complete", "span-ingest"));
        if (processor.has("tail_storage")) {
          processor.error(
              "component-rule-gated", "tail_storage", "Remove it: ADOT has it switched off.");
        }
      }
      case "filter" -> FilterRules.check(processor);
      default -> {}
    }
  }

  private static void batch(Settings batch) {
    boolean capped =
        batch.number("send_batch_max_size").filter(n -> n.signum() > 0).isPresent();
    if (capped && batch.isBelow("send_batch_max_size", "send_batch_size")) {
      batch.error(
          "component-rule-limit",
          "send_batch_max_size",
          "Make it at least send_batch_size, which is 8192 unless you set it.");
    }
    batch.atLeast("timeout", 0);
    batch.distinct("metadata_keys");
  }

  private static void memoryLimiter(Settings limiter) {
    if (limiter.number("check_interval").filter(n -> n.signum() <= 0).isPresent()) {
      limiter.error(
          "component-rule-limit", "check_interval", "Set check_interval above 0, such as 1s.");
    }
    boolean noMib = limiter.number("limit_mib").filter(n -> n.signum() == 0).isPresent();
    boolean noPercent =
        limiter.number("limit_percentage").filter(n -> n.signum() == 0).isPresent();
    if (noMib && noPercent) {
      limiter.error("component-rule-required", "limit_mib", "Set limit_mib or limit_percentage.");
    }
    for (String key : List.of("limit_percentage", "spike_limit_percentage")) {
      if (limiter.number(key).filter(n -> n.doubleValue() > 100).isPresent()) {
        limiter.error("component-rule-limit", key, "Write a percentage from 1 to 100.");
      }
    }
    spike(limiter, noMib, "limit_mib", "spike_limit_mib");
    spike(limiter, noPercent, "limit_percentage", "spike_limit_percentage");
    longer(limiter, "min_gc_interval_when_soft_limited", "min_gc_interval_when_hard_limited");
    for (String kind : List.of("soft", "hard")) {
      String most = "max_gc_interval_when_" + kind + "_limited";
      limiter.atLeast(most, 0);
      if (limiter.number(most).filter(n -> n.signum() > 0).isPresent()) {
        longer(limiter, most, "min_gc_interval_when_" + kind + "_limited");
      }
    }
    boolean soft = limiter
        .number("max_gc_interval_when_soft_limited")
        .filter(n -> n.signum() > 0)
        .isPresent();
    if (soft) {
      longer(limiter, "max_gc_interval_when_soft_limited", "max_gc_interval_when_hard_limited");
    }
  }

  private static void spike(Settings limiter, boolean none, String limit, String spike) {
    boolean fits = limiter
        .number(limit)
        .flatMap(l -> limiter.number(spike).map(s -> l.compareTo(s) > 0))
        .orElse(true);
    if (!none && !fits) {
      limiter.error("component-rule-limit", spike, "Make it smaller than " + limit + ".");
    }
  }

  private static void longer(Settings limiter, String key, String other) {
    if (limiter.isBelow(key, other)) {
      limiter.error("component-rule-limit", key, "Make it at least as long as " + other + ".");
    }
  }

  private static void notEmpty(Settings processor, String key) {
    boolean empty = processor
        .node(key)
        .map(node -> (node instanceof ConfigNode.ListNode list && list.items().isEmpty())
            || !processor.has(key))
        .orElse(true);
    if (empty) {
      processor.error("component-rule-required", key, "List at least one entry under " + key + ".");
    }
  }

  private static void cumulativeToDelta(Settings processor) {
    for (String side : List.of("include", "exclude")) {
      Settings part = processor.part(side);
      boolean metrics = !part.texts("metrics").isEmpty();
      if (metrics && part.isBlank("match_type")) {
        part.error(
            "component-rule-required", "match_type", "Set match_type where metrics are listed.");
      }
      if (!metrics
          && !part.isBlank("match_type")
          && !part.isUnknown("metrics")
          && !part.isUnknown("match_type")) {
        part.error("component-rule-required", "metrics", "List metrics where match_type is set.");
      }
      for (ConfigNode.ScalarNode text : part.texts("metric_types")) {
        if (!METRIC_TYPES.contains(text.text().toLowerCase(java.util.Locale.ROOT))) {
          part.error(
              "component-rule-value",
              "metric_types",
              "Write sum, histogram or exponential_histogram.");
        }
      }
    }
  }

  private static void generation(Settings rule) {
    for (String key : List.of("name", "type", "metric1")) {
      rule.require(key);
    }
    rule.words("type", List.of("calculate", "scale"));
    rule.words("operation", List.of("add", "subtract", "multiply", "divide", "percent"));
    String type = rule.text("type").orElse("");
    if (type.equals("calculate")) {
      rule.require("metric2");
    }
    if (type.equals("scale")
        && rule.number("scale_by").filter(n -> n.signum() <= 0).isPresent()) {
      rule.error("component-rule-limit", "scale_by", "Set it above 0 to scale.");
    }
    String name = rule.text("name").orElse("");
    if (!name.isEmpty()
        && (rule.text("metric1").equals(rule.text("name"))
            || rule.text("metric2").equals(rule.text("name")))) {
      rule.error(
          "component-rule-conflict", "name", "Name the new metric otherwise than its sources.");
    }
  }

  private static void sampler(Settings sampler) {
    sampler.atLeast("sampling_percentage", 0);
    sampler.words("attribute_source", List.of("traceID", "record"));
    if (sampler
        .number("sampling_precision")
        .filter(n -> n.signum() == 0 || n.doubleValue() > 14)
        .isPresent()) {
      sampler.error("component-rule-limit", "sampling_precision", "Write a number from 1 to 14.");
    }
  }
}
