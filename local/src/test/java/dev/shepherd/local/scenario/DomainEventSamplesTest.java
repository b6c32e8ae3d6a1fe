package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.BROKEN;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The samples of Shepherd's own events in {@code events/} have the members of what is sent. */
class DomainEventSamplesTest {
  private static final Path EVENTS = Path.of("..", "events");
  private static final Set<String> OF_ROLLOUTS = Set.of(
      "Config Rejected",
      "Rollout Started",
      "Canary Started",
      "Canary Failed",
      "Rollout Promoted",
      "Rollout Completed",
      "Rollout Rolled Back",
      "Rollout Held",
      "Drain Requested");

  private static final Set<String> REPAIRS = Set.of("registered", "corrected", "deregistered");

  private static final Set<String> OF_REPAIRS = Set.of(
      "Task Replaced",
      "Restart Requested",
      "Replacement Held",
      "Registrations Repaired",
      "Registrations Held",
      "Reconcile Failed");

  @Test
  void areAsTheyAreSent() throws IOException {
    Map<String, ObjectNode> sent = sentOfRollouts();
    assertThat(sent.keySet()).containsAll(OF_ROLLOUTS);
    sent.putAll(sentOfRepairs());
    Map<String, JsonNode> samples = samples();
    Set<String> all = new TreeSet<>(OF_ROLLOUTS);
    all.addAll(OF_REPAIRS);
    assertThat(sent.keySet()).isEqualTo(all);
    assertThat(samples.keySet()).isEqualTo(all);
    all.forEach(type -> {
      JsonNode sample = requireNonNull(samples.get(type));
      ObjectNode event = requireNonNull(sent.get(type));
      assertThat(names(sample)).as(type).isEqualTo(names(event));
      Set<String> detail = names(sample.path("detail"));
      // An event names only what was repaired; its sample, each kind of repair.
      detail.removeIf(member -> type.equals("Registrations Repaired")
          && REPAIRS.contains(member)
          && !event.path("detail").has(member));
      assertThat(detail).as(type).isEqualTo(names(event.path("detail")));
    });
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, JsonNode> samples() throws IOException {
    Map<String, JsonNode> samples = new TreeMap<>();
    try (Stream<Path> files = Files.list(EVENTS)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("shepherd-")) {
          JsonNode event = new ObjectMapper().readTree(file.toFile());
          samples.put(event.path("detail-type").asText(), event);
        }
      }
    }
    return samples;
  }

  /** The first event of each kind in a fleet's eventful life. */
  private static Map<String, ObjectNode> sentOfRollouts() throws IOException {
    Stand stand = Stand.of("fleets:\n"
        + Stand.fleetYaml(
            "gateway",
            "{name: otel-gateway, pattern: service, tasks: 8, reference: pinned,"
                + " tags: {\"shepherd:alarms\": latency}}")
        + "steps:\n  - {at: 10m, put: /collectors/gateway, text: \"" + inOneLine(BROKEN) + "\"}\n"
        + "  - {at: 55m, put: /collectors/gateway, text: \"" + inOneLine(Stand.config("4319"))
        + "\"}\n"
        + "  - {at: 55m, behave: {fleet: /collectors/gateway, config: latest, collector: crash,"
        + " after: 20s}}\n");
    Map<String, ObjectNode> sent = heard(stand);
    stand.pass(15).put("gateway", BETTER);
    stand.pass(90);
    stand.simulation.world().alarms().set("latency", StateValue.ALARM);
    stand.put("gateway", Stand.config("4320"));
    stand.pass(10);
    stand.simulation.world().alarms().set("latency", StateValue.OK);
    stand.pass(120);
    String live = stand.state("gateway").path("live").asText();
    stand
        .simulation
        .world()
        .parameters()
        .get("/collectors/gateway")
        .tags()
        .put("shepherd:abort", live);
    stand.pass(30);
    return sent;
  }

  /** The first event of each kind in an hour of troubles. */
  private static Map<String, ObjectNode> sentOfRepairs() throws IOException {
    Stand stand = Stand.of("fleets:\n"
        + Stand.fleetYaml(
            "gateway",
            "{name: a, pattern: service, tasks: 4}",
            "{name: b, pattern: sidecar, tasks: 12}",
            "{name: c, pattern: sidecar, tasks: 1}")
        + "steps:\n  - {at: 10m, kill: {service: b, container: collector, tasks: 1}}\n"
        + "  - {at: 10m, kill: {service: c, container: collector, tasks: 1}}\n"
        + "  - {at: 20m, orphan: {service: a, instances: 3}}\n"
        + "  - {at: 40m, unhealthy: {service: b, percent: 80}}\n");
    Map<String, ObjectNode> sent = heard(stand);
    stand.pass(50);
    stand.denials.deny((operation, request) -> operation.equals("ecs:ListTasks"));
    stand.pass(2);
    return sent;
  }

  /** What Shepherd tells from now on, the first of each kind. */
  private static Map<String, ObjectNode> heard(Stand stand) {
    Map<String, ObjectNode> sent = new TreeMap<>();
    stand.simulation.world().events().subscribe(event -> {
      if (event.path("source").asText().equals("shepherd")) {
        sent.putIfAbsent(event.path("detail-type").asText(), event);
      }
    });
    return sent;
  }

  private static String inOneLine(String yaml) {
    return yaml.replace("\"", "\\\"").replace("\n", "\\n");
  }
}
