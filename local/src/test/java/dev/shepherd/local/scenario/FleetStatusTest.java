package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** FleetStatus over the real protocol, beside the functions that it tells of. */
final class FleetStatusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode ask(Stand stand, String event) throws IOException {
    return JSON.readTree(stand.simulation.fleetStatus().call(event).json());
  }

  private static String tree(Stand stand) throws IOException {
    return ask(stand, "{\"format\": \"text\"}").asText();
  }

  @Test
  void scratch() throws IOException {
    Stand stand = Stand.fleet("{name: a, pattern: service, tasks: 4}", "{name: b, pattern: sidecar, tasks: 12}");
    System.out.println(tree(stand));
    stand.pass(5);
    System.out.println(tree(stand));
    stand.put("gateway", Stand.BETTER);
    for (int i = 0; i < 30; i += 2) {
      stand.pass(2);
      System.out.println(tree(stand));
    }
    stand.put("gateway", Stand.BROKEN);
    stand.pass(2);
    System.out.println(tree(stand));
    System.out.println(ask(stand, "{}").toPrettyString());
  }
}
