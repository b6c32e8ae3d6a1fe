package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The design's seventh invariant: duplicated or reordered events change no outcome, and a lost one
 * is made good. Each scenario is played twice, once with an orderly bus and once with one that
 * loses, doubles, delays and reorders much of what it is told, and must end the same.
 *
 * <p>Its incidents are 45 minutes apart: two that meet may well end otherwise when the one is
 * noticed a minute later, and rightly so.
 */
class TwinRunsTest {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final int SEEDS = Integer.getInteger("shepherd.twins", 6);
  private static final int MINUTES_APART = 45;
  private static final int INCIDENTS = 2;

  @Test
  void anUnreliableBusChangesNoOutcome() throws IOException {
    Campaign campaign = new Campaign(Path.of("../template.yaml"), START, Controller.SHEPHERD);
    List<String> differ = LongStream.rangeClosed(1, SEEDS)
        .parallel()
        .mapToObj(seed -> difference(campaign, seed))
        .filter(difference -> !difference.isEmpty())
        .toList();
    assertThat(differ).isEmpty();
  }

  private static String difference(Campaign campaign, long seed) {
    ObjectNode orderly = apart(campaign.scenario(seed));
    String expected = outcome(campaign.play(orderly));
    String actual = outcome(campaign.play(unreliable(orderly)));
    return expected.equals(actual)
        ? ""
        : "seed %d: with an orderly bus %s, without %s:%n%s"
            .formatted(seed, expected, actual, ScenarioText.of(orderly));
  }

  /** What the operators would see at the end. */
  private static String outcome(Report report) {
    List<String> fleets = new ArrayList<>();
    for (FleetReport fleet : report.fleets()) {
      Set<String> quarantined = fleet.quarantined().stream()
          .map(Quarantined::hash)
          .collect(Collectors.toCollection(TreeSet::new));
      fleets.add("%s: live %s, quarantined %s, %s"
          .formatted(
              fleet.config(),
              fleet.live().orElse("none"),
              quarantined,
              fleet.services().stream()
                  .map(service -> service.name() + service.byConfig())
                  .toList()));
    }
    return "%s, %d violations, %s"
        .formatted(
            report.converged() ? "converged" : "not converged",
            report.invariants().violations().size(),
            fleets);
  }

  /** The first incidents and the ending, each with time enough for what it leads to. */
  private static ObjectNode apart(ObjectNode drawn) {
    ObjectNode apart = drawn.deepCopy();
    apart.remove("faults");
    TreeMap<Integer, List<JsonNode>> byTime = new TreeMap<>();
    for (JsonNode step : drawn.path("steps")) {
      // What a call is the nth of differs with the runs that events cause.
      if (!step.has("faults") && !step.has("killCall")) {
        byTime.computeIfAbsent(seconds(step), _ -> new ArrayList<>()).add(step);
      }
    }
    List<List<JsonNode>> incidents = new ArrayList<>(byTime.values());
    List<JsonNode> ending = incidents.removeLast();
    List<List<JsonNode>> some =
        new ArrayList<>(incidents.subList(0, Math.min(INCIDENTS, incidents.size())));
    some.add(ending);
    ArrayNode steps = apart.putArray("steps");
    for (int i = 0; i < some.size(); i++) {
      int at = 10 + i * MINUTES_APART;
      some.get(i).forEach(step -> steps.add(((ObjectNode) step.deepCopy()).put("at", at + "m")));
    }
    long end = 10 + (some.size() - 1L) * MINUTES_APART + Scenario.PEACE.toMinutes();
    return apart.put("duration", end + "m");
  }

  private static int seconds(JsonNode step) {
    return Integer.parseInt(step.path("at").asText().replace("s", ""));
  }

  private static ObjectNode unreliable(ObjectNode orderly) {
    ObjectNode unreliable = orderly.deepCopy();
    ObjectNode faults = JsonNodeFactory.instance.objectNode();
    faults.put("duplicate", 0.3).put("reorder", 0.3).put("lose", 0.3).put("delay", "60s");
    unreliable.set("faults", faults);
    ArrayNode steps = (ArrayNode) unreliable.path("steps");
    steps.add(JsonNodeFactory.instance
        .objectNode()
        .put("at", steps.get(steps.size() - 1).path("at").asText())
        .put("faults", "off"));
    return unreliable;
  }
}
