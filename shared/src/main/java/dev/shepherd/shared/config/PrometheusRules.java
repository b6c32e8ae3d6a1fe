package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.config.ConfigNode.UnknownNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of the Prometheus receiver's {@code config}, which Prometheus' own strict loader
 * reads.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/">Prometheus'
 *     configuration</a>
 */
final class PrometheusRules {
  private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000_000_000L);
  private static final List<String> UNSUPPORTED =
      List.of("remote_write", "remote_read", "rule_files");

  private PrometheusRules() {}

  static void check(Settings receiver) {
    Settings config = receiver.part("config");
    boolean scrapes = List.of("scrape_configs", "scrape_config_files").stream()
        .anyMatch(key -> config.has(key) && !isEmptyList(config, key));
    if (!scrapes && !receiver.has("target_allocator") && !receiver.isUnknown("config")) {
      receiver.error(
          "component-rule-required",
          "config",
          "Set scrape_configs under config: nothing is scraped.");
    }
    Settings allocator = receiver.part("target_allocator");
    if (allocator.map().isPresent() && !receiver.isDisabled("target_allocator")) {
      allocator.require("collector_id");
      allocator.require("endpoint");
    }
    for (String key : UNSUPPORTED) {
      if (config.has(key) && !isEmptyList(config, key)) {
        config.error("component-rule-gated", key, "Remove it: the receiver does not support it.");
      }
    }
    for (String key : List.of("alert_relabel_configs", "alertmanagers")) {
      Settings alerting = config.part("alerting");
      if (alerting.has(key) && !isEmptyList(alerting, key)) {
        alerting.error("component-rule-gated", key, "Remove it: the receiver does not support it.");
      }
    }
    scrapeConfigs(config);
  }

  private static boolean isEmptyList(Settings settings, String key) {
    return settings.node(key).orElse(null) instanceof ListNode list
        && list.items().isEmpty();
  }

  private static void scrapeConfigs(Settings config) {
    Settings global = config.part("global");
    Optional<BigDecimal> interval = time(global, "scrape_interval").or(() -> given(global, MINUTE));
    if (time(global, "scrape_timeout")
        .flatMap(t -> interval.map(i -> t.compareTo(i) > 0))
        .orElse(false)) {
      global.error("prom-config-limit", "scrape_timeout", "Make it at most the scrape interval.");
    }
    nullItems(config, "scrape_configs");
    Set<String> jobs = new HashSet<>();
    for (Settings job : config.items("scrape_configs")) {
      job(job, interval, jobs);
    }
  }

  private static Optional<BigDecimal> given(Settings settings, BigDecimal fallback) {
    return settings.isUnknown("scrape_interval") ? Optional.empty() : Optional.of(fallback);
  }

  private static Optional<BigDecimal> time(Settings settings, String key) {
    return settings.text(key).flatMap(GoScalars::prometheusDuration).filter(t -> t.signum() > 0);
  }

  private static void job(Settings job, Optional<BigDecimal> globalInterval, Set<String> jobs) {
    Optional<String> name = job.text("job_name");
    if (name.filter(String::isEmpty).isPresent()) {
      job.error("prom-config-required", "job_name", "Give this scrape config a job_name.");
    } else if (name.filter(text -> !jobs.add(text)).isPresent()) {
      job.error(
          "prom-config-conflict", "job_name", "Give each scrape config a job_name of its own.");
    }
    Optional<BigDecimal> interval = job.isUnknown("scrape_interval")
        ? Optional.empty()
        : time(job, "scrape_interval").or(() -> globalInterval);
    if (time(job, "scrape_timeout")
        .flatMap(t -> interval.map(i -> t.compareTo(i) > 0))
        .orElse(false)) {
      job.error("prom-config-limit", "scrape_timeout", "Make it at most the scrape interval.");
    }
    credentials(job);
    DiscoveryRules.check(job);
    for (String key : List.of("relabel_configs", "metric_relabel_configs")) {
      nullItems(job, key);
      job.items(key).forEach(RelabelRules::check);
    }
    if (job.items("relabel_configs").isEmpty()) {
      for (Settings group : job.items("static_configs")) {
        if (group.texts("targets").stream().anyMatch(target -> target.text().contains("/"))) {
          group.error("prom-config-target", "targets", "Write host:port, without scheme and path.");
        }
      }
    }
  }

  private static void credentials(Settings job) {
    long ways = List.of("basic_auth", "authorization", "oauth2").stream()
            .filter(job::has)
            .count()
        + (job.has("bearer_token") || job.has("bearer_token_file") ? 1 : 0);
    if (ways > 1 || (job.has("bearer_token") && job.has("bearer_token_file"))) {
      job.error("prom-config-conflict", "", "Configure only one way to authenticate.");
    }
    unseen(job, "bearer_token_file");
    unseen(job.part("authorization"), "credentials_file");
    for (String key : List.of("ca_file", "cert_file", "key_file")) {
      unseen(job.part("tls_config"), key);
    }
  }

  private static void unseen(Settings settings, String key) {
    if (settings.has(key)) {
      settings
          .report()
          .unknown(
              settings.placeOf(key),
              "file-unseen",
              settings.path() + "." + key,
              "Make sure that this file is in the container: the collector stops without it.");
    }
  }

  private static void nullItems(Settings settings, String key) {
    if (settings.node(key).orElse(null) instanceof ListNode list) {
      for (ConfigNode item : list.items()) {
        switch (item) {
          case ScalarNode scalar
          when scalar.isNull() ->
            settings
                .report()
                .error(
                    item.place(),
                    "prom-config-required",
                    settings.path() + "." + key,
                    "Fill this entry, or remove it.");
          case ScalarNode _, MapNode _, ListNode _, UnknownNode _ -> {}
        }
      }
    }
  }
}
