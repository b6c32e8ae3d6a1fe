package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.functions.registration.RegistrationAws;
import dev.shepherd.functions.replacement.ReplacementAws;
import dev.shepherd.functions.rollout.RolloutAws;
import dev.shepherd.functions.status.StatusAws;
import dev.shepherd.local.protocol.AwsFace;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * No port has a call, and so no role a right, that nothing needs: one eventful hour makes each.
 * That none lacks is held in every simulated run, whose calls the roles must allow.
 */
final class PortsInUseTest {
  private static final Map<String, Class<?>> PORTS = Map.of(
      "ConfigRollout", RolloutAws.class,
      "TaskReplacement", ReplacementAws.class,
      "RegistrationSync", RegistrationAws.class);

  private static Set<String> calls(Class<?> port) {
    return Arrays.stream(port.getMethods())
        .map(call -> call.getName().substring(0, 1).toUpperCase(Locale.ROOT)
            + call.getName().substring(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> made(Collection<String> operations) {
    return operations.stream()
        .map(operation -> operation.substring(operation.indexOf(':') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A snapshot that was never live, and of long ago. */
  private void forgottenSnapshot(Stand stand) {
    String name = "/shepherd/collectors/" + CleanUpTest.FLEET + "/revisions/0123456789ab";
    stand
        .simulation
        .world()
        .parameters()
        .put(PutParameterRequest.builder()
            .name(name)
            .value(Stand.BETTER)
            .type("String")
            .build());
    stand.simulation.face().rewrite((operation, answer) -> {
      answer.path("Parameters").forEach(each -> {
        if (each.path("Name").asText().equals(name) && each instanceof ObjectNode node) {
          double seconds = node.path("LastModifiedDate").asDouble();
          node.put("LastModifiedDate", seconds - Duration.ofDays(40).toSeconds());
        }
      });
      return answer;
    });
  }

  @Test
  void anEventfulHourMakesEveryCall() throws IOException {
    Stand stand = Stand.of(Stand.QUICK + "fleets:\n"
        + Stand.fleetYaml(
            CleanUpTest.FLEET,
            "{name: a, pattern: service, tasks: 4, tags: {\"shepherd:alarms\": latency}}",
            "{name: b, pattern: sidecar, tasks: 8}",
            "{name: e, pattern: service, tasks: 3, launchType: EC2, networkMode: bridge, hosts: 3}")
        + Stand.fleetYaml("secret", "{name: s, pattern: sidecar, tasks: 3}")
            .replace("    text: |", "    secure: true\n    text: |")
        + "steps:\n"
        + "  - {at: 30m, kill: {service: s, container: collector, tasks: 1}}\n"
        + "  - {at: 30m, orphan: {service: a, instances: 1}}\n"
        + "  - {at: 30m, unregister: {service: e, instances: 1}}\n"
        + "  - {at: 36m, behave: {fleet: /collectors/" + CleanUpTest.FLEET
        + ", config: latest, collector: crash, after: 5s}}\n");
    forgottenSnapshot(stand);
    stand.pass(4);
    // What it remembers is lost, and the text has been edited since: what do the tasks read?
    for (String name : List.of("state", "live", "current")) {
      stand.delete("/shepherd/collectors/" + CleanUpTest.FLEET + "/" + name);
    }
    stand.put(CleanUpTest.FLEET, Stand.BETTER);
    stand.pass(31).put(CleanUpTest.FLEET, Stand.config("4319"));
    stand.pass(24);

    Map<String, Set<String>> made = new TreeMap<>();
    Map<String, Set<String>> known = new TreeMap<>();
    PORTS.forEach((function, port) -> {
      made.put(function, made(stand.simulation.callsOf(function).keySet()));
      known.put(function, calls(port));
    });
    assertThat(made).isEqualTo(known);
  }

  @Test
  void oneLookOfTheStatusMakesEachOfItsCalls() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 2}").pass(2);
    AwsFace face = new AwsFace(stand.simulation.world());
    stand.simulation.fleetStatus(face).call("{}");

    assertThat(made(face.calls().keySet()))
        .containsExactlyInAnyOrderElementsOf(calls(StatusAws.class));
  }
}
