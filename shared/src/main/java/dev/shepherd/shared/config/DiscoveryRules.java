package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.ListNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** How a scrape config finds its targets, and in which formats it asks for metrics. */
final class DiscoveryRules {
  private static final Set<String> ROLES =
      Set.of("node", "pod", "service", "endpoints", "endpointslice", "ingress");
  private static final Pattern FILE =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)");

  private DiscoveryRules() {}

  static void check(Settings job) {
    for (Settings discovery : job.items("kubernetes_sd_configs")) {
      required(discovery, "role");
      if (discovery.text("role").filter(r -> !r.isEmpty() && !ROLES.contains(r)).isPresent()) {
        discovery.error(
            "prom-config-value", "role", "Write a role that Prometheus has, such as pod.");
      }
    }
    for (Settings discovery : job.items("file_sd_configs")) {
      listed(discovery, "files");
      if (discovery.texts("files").stream()
          .anyMatch(f -> !FILE.matcher(f.text()).matches())) {
        discovery.error(
            "prom-config-value", "files", "Name files that end in .json, .yml or .yaml.");
      }
    }
    job.items("dns_sd_configs").forEach(discovery -> listed(discovery, "names"));
    protocols(job);
    if (job.text("proxy_url").filter(url -> !GoUrl.parses(url)).isPresent()) {
      job.error("prom-config-value", "proxy_url", "Write a URL here.");
    }
  }

  private static void protocols(Settings job) {
    if (job.node("scrape_protocols").orElse(null) instanceof ListNode list) {
      Set<String> seen = new HashSet<>();
      boolean twice = !job.texts("scrape_protocols").stream().allMatch(p -> seen.add(p.text()));
      if (list.items().isEmpty() || twice) {
        job.error("prom-config-conflict", "scrape_protocols", "List protocols, each only once.");
      }
    }
  }

  private static void required(Settings settings, String key) {
    if (settings.isBlank(key)) {
      settings.error("prom-config-required", key, "Set " + key + " here.");
    }
  }

  private static void listed(Settings settings, String key) {
    if (settings.texts(key).isEmpty() && !settings.isUnknown(key)) {
      settings.error("prom-config-required", key, "List at least one of the " + key + ".");
    }
  }
}
