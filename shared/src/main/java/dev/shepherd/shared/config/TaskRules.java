package dev.shepherd.shared.config;

import dev.shepherd.shared.config.Catalogue.Kind;
import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.Servers.Server;
import dev.shepherd.shared.config.TaskFacts.Container;
import dev.shepherd.shared.config.TaskFacts.Parameter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What a good config meets in a task that does not fit it: a health check that cannot be answered,
 * memory, ports, and the way that the config gets in.
 */
final class TaskRules {
  private static final Map<String, Integer> TIERS = Map.of("Standard", 4_096, "Advanced", 8_192);
  private static final String CONFIG_VARIABLE = "AOT_CONFIG_CONTENT";

  private final TaskFacts task;
  private final Container collector;
  private final Report report;

  private TaskRules(TaskFacts task, Report report) {
    this.task = task;
    this.collector = task.collector();
    this.report = report;
  }

  /**
   * Checks the config, {@code bytes} long, that declares {@code layout} and listens on
   * {@code servers}.
   */
  static void check(TaskFacts task, int bytes, Layout layout, Servers servers, Report report) {
    TaskRules rules = new TaskRules(task, report);
    new HealthRules(task.collector(), layout, servers, report).check();
    rules.size(bytes);
    rules.memory(layout);
    servers.all().forEach(rules::server);
    rules.image();
    rules.injection();
    rules.roles();
  }

  private void size(int bytes) {
    Optional<Integer> limit = task.parameter()
        .flatMap(Parameter::tier)
        .flatMap(tier -> Optional.ofNullable(TIERS.get(tier)));
    if (limit.filter(most -> bytes > most).isPresent()) {
      task(
          "task-parameter-size",
          Severity.ERROR,
          "Shorten the config to " + limit.orElseThrow()
              + " bytes: its parameter's tier holds no more.");
    }
  }

  private void memory(Layout layout) {
    OptionalInt limit = collector.memory().isPresent() ? collector.memory() : task.memory();
    boolean limited = false;
    for (String id : layout.used(Kind.PROCESSOR).keySet()) {
      if (ComponentId.of(id).type().equals("memory_limiter")) {
        limited = true;
        limiter(layout.declared(Kind.PROCESSOR, id).orElseThrow(), limit);
      }
    }
    if (!limited && limit.isPresent()) {
      task(
          "task-no-memory-limiter",
          Severity.NOTE,
          "Consider a memory_limiter: the container's memory is limited.");
    }
  }

  private void limiter(Entry entry, OptionalInt limit) {
    String path = "processors." + entry.key();
    Settings settings = Settings.of(entry, Shape.ANY, path, report);
    Optional<BigDecimal> mib = settings.number("limit_mib");
    if (limit.isPresent()
        && mib.filter(n -> n.compareTo(BigDecimal.valueOf(limit.getAsInt())) >= 0)
            .isPresent()) {
      report.warning(
          settings.placeOf("limit_mib"),
          "task-memory",
          path + ".limit_mib",
          "Set limit_mib below the container's memory of " + limit.getAsInt()
              + " MiB: ECS ends it first.");
    }
  }

  private void server(Server server) {
    boolean receiver = server.component().filter(c -> c.kind() == Kind.RECEIVER).isPresent();
    boolean proxy = server.path().endsWith("proxy_server.endpoint");
    if (receiver && server.isLocal() && !proxy && task.servicePattern()) {
      report.warning(
          server.place(),
          "task-localhost",
          server.path(),
          "Listen on 0.0.0.0: other tasks cannot reach localhost.");
    }
    boolean shared = task.networkMode().equals("awsvpc") || task.networkMode().equals("host");
    for (Container other : task.containers()) {
      boolean taken = other.ports().stream()
          .anyMatch(port -> port.protocol().equals(server.protocol())
              && Integer.toString(port.containerPort()).equals(server.address().port()));
      if (shared && taken && !other.name().equals(collector.name())) {
        report.warning(
            server.place(),
            "task-port",
            server.path(),
            "Choose another port: the container " + other.name() + " maps this one.");
      }
    }
  }

  private void image() {
    String name = collector.image().substring(collector.image().lastIndexOf('/') + 1);
    boolean pinned = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
    if (!collector.image().isEmpty() && !pinned) {
      task(
          "task-image-latest",
          Severity.WARNING,
          "Name a release in the image's tag: latest changes under you.");
    }
  }

  private void injection() {
    if (collector.environment().containsKey(CONFIG_VARIABLE)) {
      task(
          "task-config-by-value",
          Severity.ERROR,
          "Give AOT_CONFIG_CONTENT through secrets.valueFrom: as a plain value the collector reads it as the config itself.");
    }
  }

  private void roles() {
    boolean othersEssential = task.containers().stream()
        .anyMatch(c -> c.essential() && !task.collectorNames().contains(c.name()));
    boolean others =
        task.containers().stream().anyMatch(c -> !task.collectorNames().contains(c.name()));
    if (collector.essential() && others && !othersEssential) {
      task(
          "task-essential-reversed",
          Severity.WARNING,
          "Make the application's container essential: here only the collector's is.");
    }
    TreeSet<String> sources = new TreeSet<>();
    for (Container container : task.containers()) {
      if (task.collectorNames().contains(container.name())) {
        Optional.ofNullable(container.secrets().get(CONFIG_VARIABLE)).ifPresent(sources::add);
      }
    }
    if (sources.size() > 1) {
      task(
          "task-two-fleets",
          Severity.WARNING,
          "Keep one config to a task: a roll of either restarts both.");
    }
  }

  private void task(String rule, Severity severity, String message) {
    report.add(Place.START, severity, rule, "", message);
  }
}
