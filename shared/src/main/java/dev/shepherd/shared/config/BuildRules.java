package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Component;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Set;

/** What fails when the collector builds the components that its pipelines use. */
// Over 200 lines: the order in which the collector builds is what they are read by.
final class BuildRules {
  private static final Set<String> DETECTORS = Set.of(
      "akamai",
      "alibaba_ecs",
      "aks",
      "azure",
      "consul",
      "digitalocean",
      "docker",
      "ec2",
      "ecs",
      "eks",
      "elastic_beanstalk",
      "lambda",
      "env",
      "gcp",
      "heroku",
      "hetzner",
      "ibmcloud_classic",
      "ibmcloud_vpc",
      "scaleway",
      "system",
      "openshift",
      "nova",
      "oraclecloud",
      "k8s_api",
      "k8snode",
      "kubeadm",
      "dynatrace",
      "tencent_cvm",
      "upcloud",
      "vultr");

  private BuildRules() {}

  /** Checks a component that pipelines of {@code signals} use. */
  static void check(Component component, Settings settings, Set<String> signals) {
    switch (component.kind()) {
      case RECEIVER -> receiver(component.type(), settings);
      case PROCESSOR -> processor(component.type(), settings, signals);
      case EXPORTER -> exporter(component.type(), settings, signals);
      case EXTENSION, CONNECTOR -> {}
    }
  }

  private static void receiver(String type, Settings receiver) {
    switch (type) {
      case "awsxray" -> {
        if (receiver.text("transport").filter(t -> !t.equals("udp")).isPresent()) {
          receiver.error(
              "component-rule-value", "transport", "Write udp: segments come by it alone.");
        }
      }
      case "file_log" -> logFiles(receiver);
      default -> {}
    }
  }

  private static void logFiles(Settings receiver) {
    if (receiver.texts("include").isEmpty() && !receiver.isUnknown("include")) {
      receiver.error("component-rule-required", "include", "List the files to read under include.");
    }
    OperatorRules.build(receiver);
    receiver.part("ordering_criteria").items("sort_by").forEach(sort -> sort.require("sort_type"));
    receiver.words("start_at", List.of("beginning", "end"));
    receiver.words("max_log_size_behavior", List.of("split", "truncate"));
    receiver.words("on_truncate", List.of("ignore", "read_whole_file", "read_new"));
    receiver.atLeast("max_concurrent_files", 1);
    receiver.atLeast("max_batches", 0);
    if (receiver.isOn("delete_after_read")) {
      receiver.error(
          "component-rule-gated", "delete_after_read", "Remove it: ADOT has it switched off.");
    }
    if (receiver.has("header")) {
      receiver.error("component-rule-gated", "header", "Remove it: ADOT has it switched off.");
    }
  }

  private static void processor(String type, Settings processor, Set<String> signals) {
    switch (type) {
      case "attributes" -> {
        processor.items("actions").forEach(ActionRules::check);
        signals.forEach(signal -> MatchRules.build(processor, signal));
      }
      case "resource" -> processor.items("attributes").forEach(ActionRules::check);
      case "resource_detection" -> detectors(processor);
      case "filter" -> signals.forEach(signal -> FilterRules.build(processor, signal));
      case "metrics_transform" -> processor.items("transforms").forEach(TransformRules::check);
      case "span" -> {
        TransformRules.span(processor);
        MatchRules.build(processor, "traces");
      }
      case "tail_sampling" -> TransformRules.policies(processor);
      case "cumulativetodelta" -> {
        for (String side : List.of("include", "exclude")) {
          Settings part = processor.part(side);
          part.words("match_type", List.of("strict", "regexp", "expr"));
          if (part.text("match_type").filter("regexp"::equals).isPresent()) {
            FilterRules.patterns(part, "metrics");
          }
        }
      }
      case "groupbytrace" -> {
        processor.atLeast("num_traces", 0);
        processor.atLeast("num_workers", 0);
        for (String key : List.of("store_on_disk", "discard_orphans")) {
          if (processor.isOn(key)) {
            processor.error("component-rule-gated", key, "Remove it: it is not supported.");
          }
        }
      }
      default -> {}
    }
  }

  private static void detectors(Settings processor) {
    if (processor.node("detectors").orElse(null) instanceof ConfigNode.ListNode list
        && list.items().isEmpty()) {
      processor.error(
          "component-rule-required", "detectors", "List a detector, such as env or ecs.");
    }
    for (ScalarNode detector : processor.texts("detectors")) {
      if (!DETECTORS.contains(detector.text().strip())) {
        processor
            .report()
            .error(
                detector.place(),
                "component-rule-value",
                processor.path() + ".detectors",
                "Name a detector that ADOT has, such as env, ecs, ec2 or system.");
      }
    }
  }

  private static void exporter(String type, Settings exporter, Set<String> signals) {
    switch (type) {
      case "prometheus_remote_write" -> {
        boolean bad =
            exporter.text("endpoint").filter(url -> !GoUrl.parsesAsRequest(url)).isPresent();
        if (exporter.isWritten("endpoint") && bad) {
          exporter.error(
              "component-rule-endpoint", "endpoint", "Write a whole URL with https:// here.");
        }
      }
      case "otlp_http" -> signals.forEach(signal -> otlpHttp(exporter, signal));
      case "prometheus" -> exporter.require("endpoint");
      case "load_balancing" -> loadBalancing(exporter);
      case "logzio" -> {
        if (exporter.isBlank("endpoint") && exporter.isBlank("region")) {
          exporter.error("component-rule-required", "region", "Set region or endpoint.");
        }
      }
      default -> {}
    }
  }

  private static void otlpHttp(Settings exporter, String signal) {
    if (exporter.isBlank("endpoint") && exporter.isBlank(signal + "_endpoint")) {
      exporter.error("component-rule-required", signal + "_endpoint", "Set it, or endpoint.");
    }
    for (String key : List.of("endpoint", signal + "_endpoint")) {
      if (exporter.text(key).filter(url -> !GoUrl.parses(url)).isPresent()) {
        exporter.error("component-rule-endpoint", key, "Write a URL here.");
      }
    }
  }

  private static void loadBalancing(Settings exporter) {
    Settings resolver = exporter.part("resolver");
    List<String> known = List.of("static", "dns", "k8s", "aws_cloud_map");
    List<String> used = known.stream()
        .filter(key -> resolver.has(key) && !resolver.isDisabled(key))
        .toList();
    if (used.size() != 1 && !exporter.isUnknown("resolver")) {
      exporter.error(
          "component-rule-required",
          "resolver",
          "Configure exactly one resolver: " + String.join(", ", known) + ".");
    }
    if (used.contains("static")
        && resolver.part("static").texts("hostnames").isEmpty()
        && !resolver.part("static").isUnknown("hostnames")) {
      resolver.part("static").error("component-rule-required", "hostnames", "List the backends.");
    }
    if (used.contains("dns")) {
      resolver.part("dns").require("hostname");
    }
    if (used.contains("aws_cloud_map")) {
      resolver.part("aws_cloud_map").require("namespace");
      resolver.part("aws_cloud_map").require("service_name");
    }
  }
}
