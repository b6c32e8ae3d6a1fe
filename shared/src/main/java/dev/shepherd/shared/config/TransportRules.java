package dev.shepherd.shared.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The limits of what many components share: TLS, retries, sending queues, gRPC clients. */
final class TransportRules {
  private static final List<String> TLS_VERSIONS = List.of("1.0", "1.1", "1.2", "1.3");

  private TransportRules() {}

  /** Applies the checks of the Go type that the part's shape names. */
  static void check(Settings part) {
    switch (part.shape().rules()) {
      case "configtls.ClientConfig" -> tls(part);
      case "configtls.ServerConfig" -> {
        tls(part);
        if (part.isBlank("cert_file")
            && part.isBlank("cert_pem")
            && part.isBlank("key_file")
            && part.isBlank("key_pem")) {
          part.error("component-rule-tls", "", "Give a server both a certificate and its key.");
        }
      }
      case "configretry.BackOffConfig" -> retry(part);
      case "queuebatch.Config" -> queue(part);
      case "queuebatch.BatchConfig" -> batch(part);
      case "queuebatch.PartitionConfig" -> part.distinct("metadata_keys");
      case "configgrpc.ServerConfig" -> {
        part.atLeast("max_recv_msg_size_mib", 0);
        part.atLeast("read_buffer_size", 0);
        part.atLeast("write_buffer_size", 0);
      }
      default -> {}
    }
  }

  private static void tls(Settings tls) {
    for (String file : List.of("ca_file", "cert_file", "key_file", "client_ca_file")) {
      if (tls.has(file) && !tls.isBlank(file)) {
        tls.report()
            .unknown(
                tls.placeOf(file),
                "file-unseen",
                tls.path() + "." + file,
                "Make sure that this file is in the container: the collector stops without it.");
      }
    }
    for (String what : List.of("ca", "cert", "key")) {
      if (!tls.isBlank(what + "_file") && !tls.isBlank(what + "_pem")) {
        tls.error(
            "component-rule-tls",
            what + "_pem",
            "Give either the file or the text of the " + what + ".");
      }
    }
    boolean noCertificate = tls.isBlank("cert_file") && tls.isBlank("cert_pem");
    boolean noKey = tls.isBlank("key_file") && tls.isBlank("key_pem");
    if (noCertificate != noKey) {
      tls.error("component-rule-tls", "", "Give both a certificate and its key, or neither.");
    }
    tls.words("min_version", TLS_VERSIONS);
    tls.words("max_version", TLS_VERSIONS);
    String least = tls.text("min_version").filter(v -> !v.isEmpty()).orElse("1.2");
    String most = tls.text("max_version").filter(v -> !v.isEmpty()).orElse("1.3");
    if (TLS_VERSIONS.indexOf(most) >= 0
        && TLS_VERSIONS.indexOf(least) > TLS_VERSIONS.indexOf(most)) {
      tls.error("component-rule-limit", "max_version", "Write a version not below min_version.");
    }
  }

  private static void retry(Settings retry) {
    for (String key :
        List.of("initial_interval", "multiplier", "max_interval", "max_elapsed_time")) {
      retry.atLeast(key, 0);
    }
    if (retry.isBelow("randomization_factor", 0)
        || retry.number("randomization_factor").filter(n -> n.doubleValue() > 1).isPresent()) {
      retry.error("component-rule-limit", "randomization_factor", "Write a number from 0 to 1.");
    }
    boolean ends = retry.number("max_elapsed_time").filter(n -> n.signum() > 0).isPresent();
    if (ends
        && (retry.isBelow("max_elapsed_time", "initial_interval")
            || retry.isBelow("max_elapsed_time", "max_interval"))) {
      retry.error(
          "component-rule-limit",
          "max_elapsed_time",
          "Make it at least as long as initial_interval and max_interval.");
    }
  }

  private static void queue(Settings queue) {
    queue.atLeast("num_consumers", 1);
    queue.atLeast("queue_size", 1);
    if (queue.has("storage") && queue.isOn("wait_for_result")) {
      queue.error("component-rule-conflict", "wait_for_result", "Use it without a storage only.");
    }
    Settings batch = queue.part("batch");
    if (batch.map().isEmpty() || queue.isDisabled("batch")) {
      return;
    }
    String sizer = queue.text("sizer").filter(s -> !s.isEmpty()).orElse("requests");
    String unit =
        batch.has("sizer") ? batch.text("sizer").orElse("") : queue.has("sizer") ? sizer : "items";
    if (unit.equals("requests")) {
      batch.error("component-rule-value", "sizer", "Batch by items or bytes: set its sizer.");
    }
    if (unit.equals(sizer)
        && batch
            .number("min_size")
            .flatMap(m -> queue.number("queue_size").map(q -> m.compareTo(q) > 0))
            .orElse(false)) {
      batch.error("component-rule-limit", "min_size", "Make it at most queue_size.");
    }
  }

  private static void batch(Settings batch) {
    batch.atLeast("flush_timeout", 1);
    batch.atLeast("min_size", 0);
    batch.atLeast("max_size", 0);
    if (batch.number("max_size").filter(n -> n.signum() > 0).isPresent()
        && batch.isBelow("max_size", "min_size")) {
      batch.error("component-rule-limit", "max_size", "Make it at least min_size.");
    }
  }

  /** A list of names with values must not name one twice. */
  static void pairs(Settings list, List<Settings> pairs) {
    if (!list.shape().is("pairs")) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (Settings pair : pairs) {
      if (pair.text("name").filter(name -> !names.add(name)).isPresent()) {
        pair.error("component-rule-conflict", "name", "Give each header only once.");
      }
    }
  }

  /** The endpoint of a gRPC client: host and port, with or without a scheme. */
  static void grpcEndpoint(Settings client) {
    String endpoint = client.text("endpoint").orElse("");
    if (endpoint.startsWith("unix://")) {
      return;
    }
    String address = Address.withoutScheme(endpoint);
    if (!address.isEmpty()
        && !Address.port(address).filter(port -> port.matches("[+-]?\\d+")).isPresent()) {
      client.error(
          "component-rule-endpoint",
          "endpoint",
          "Write host:port here: a gRPC endpoint needs its port.");
    }
  }
}
