package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a collector listens on. */
final class Servers {
  private static final Set<String> NAMED_PORTS =
      Set.of("http", "https", "domain", "ftp", "ssh", "telnet", "smtp", "imap2", "imaps", "pop3");
  private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");
  private static final String EVERYWHERE_AT_ONCE = "";

  /** One server: its protocol, its address, and where the config says so. */
  record Server(
      Optional<Component> component, String protocol, Address address, String path, Place place) {
    boolean isLocal() {
      return address.host().equals("localhost")
          || address.host().startsWith("127.")
          || address.host().equals("::1");
    }

    private boolean hasPort() {
      return !address.port().isEmpty() && !address.port().equals("0");
    }

    /** The host by one name: all that mean every address are equal, and all that mean this one. */
    private String host() {
      if (EVERYWHERE.contains(address.host())) {
        return EVERYWHERE_AT_ONCE;
      }
      return isLocal() ? "localhost" : address.host();
    }
  }

  private final Report report;
  private final List<Server> all = new ArrayList<>();

  Servers(Report report) {
    this.report = report;
  }

  List<Server> all() {
    return List.copyOf(all);
  }

  /** The server of an extension or receiver of this type, if it is switched on. */
  Optional<Server> of(String type) {
    return all.stream()
        .filter(server -> server.component().filter(c -> c.type().equals(type)).isPresent())
        .findFirst();
  }

  /**
   * The collector's own metrics, which are served on port 8888 unless the config says otherwise.
   */
  void addTelemetry(Settings metrics) {
    boolean off =
        metrics.text("level").filter(level -> level.equalsIgnoreCase("none")).isPresent();
    if (!off && !metrics.isWritten("readers") && !metrics.isUnknown("level")) {
      Address usual = new Address("localhost", "8888");
      all.add(new Server(Optional.empty(), "tcp", usual, metrics.path(), metrics.place()));
    }
  }

  void add(Component component, Settings settings) {
    switch (component.kind().word + " " + component.type()) {
      case "receiver otlp" -> protocols(component, settings, List.of("grpc", "http"), "tcp");
      case "receiver jaeger" -> {
        protocols(component, settings, List.of("grpc", "thrift_http"), "tcp");
        protocols(component, settings, List.of("thrift_compact", "thrift_binary"), "udp");
      }
      case "receiver awsxray" -> {
        server(component, settings, "udp");
        server(component, settings.part("proxy_server"), "tcp");
      }
      case "receiver statsd" -> server(component, settings, "udp");
      case "receiver zipkin",
          "exporter prometheus",
          "extension health_check",
          "extension pprof",
          "extension zpages",
          "extension awsproxy" -> server(component, settings, "tcp");
      default -> {}
    }
  }

  private void protocols(
      Component component, Settings settings, List<String> names, String protocol) {
    Settings protocols = settings.part("protocols");
    for (String name : names) {
      if (protocols.isWritten(name) && !protocols.isDisabled(name)) {
        server(component, protocols.part(name), protocol);
      }
    }
  }

  private void server(Component component, Settings settings, String usual) {
    String transport = settings.text("transport").filter(t -> !t.isEmpty()).orElse(usual);
    Optional<String> endpoint = settings.text("endpoint").filter(text -> !text.isEmpty());
    if (!(transport.startsWith("tcp") || transport.startsWith("udp")) || endpoint.isEmpty()) {
      return;
    }
    Optional<Address> address = Address.of(endpoint.orElseThrow());
    if (address.isEmpty() || !isPort(address.orElseThrow())) {
      settings.error(
          "component-rule-endpoint", "endpoint", "Write host:port here, with a port up to 65535.");
      return;
    }
    all.add(new Server(
        Optional.of(component),
        transport.substring(0, 3),
        address.orElseThrow(),
        settings.path() + ".endpoint",
        settings.placeOf("endpoint")));
  }

  private static boolean isPort(Address address) {
    return address.isListenable() || NAMED_PORTS.contains(address.port());
  }

  /** Every server whose port an earlier one has taken. */
  void clashes() {
    Map<String, Set<String>> hostsByPort = new HashMap<>();
    for (Server server : all) {
      if (!server.hasPort()) {
        continue;
      }
      Set<String> hosts = hostsByPort.computeIfAbsent(
          server.protocol() + " " + server.address().port(), any -> new HashSet<>());
      boolean everywhere = server.host().equals(EVERYWHERE_AT_ONCE) && !hosts.isEmpty();
      if (everywhere || hosts.contains(EVERYWHERE_AT_ONCE) || hosts.contains(server.host())) {
        report.error(
            server.place(),
            "component-rule-port",
            server.path(),
            "Choose another port: something else in this config listens on this one.");
      }
      hosts.add(server.host());
    }
  }
}
