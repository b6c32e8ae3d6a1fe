package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.invariant.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes out of a failing scenario what it fails without too: fleets, services, steps, faults and
 * limits, one after the other, as long as something can go. The last steps stay: without them a
 * fleet may have good cause not to come to rest.
 */
final class Shrinking {
  /** Each try plays a scenario. */
  private static final int MOST_TRIES = 150;

  private final Function<ObjectNode, Report> play;
  private int tries;

  Shrinking(Function<ObjectNode, Report> play) {
    this.play = play;
  }

  ObjectNode of(ObjectNode failing) {
    Set<Integer> broken = broken(play.apply(failing));
    ObjectNode least = failing;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (ObjectNode candidate : candidates(least)) {
        if (tries++ < MOST_TRIES && failsAlike(candidate, broken)) {
          least = candidate;
          smaller = true;
          break;
        }
      }
    }
    return least;
  }

  /** The invariants that it violates; none for one that only does not converge. */
  private static Set<Integer> broken(Report report) {
    return report.invariants().violations().stream()
        .map(Violation::invariant)
        .collect(Collectors.toSet());
  }

  private boolean failsAlike(ObjectNode candidate, Set<Integer> broken) {
    try {
      Report report = play.apply(candidate);
      return broken.isEmpty()
          ? !report.isGood()
          : broken(report).stream().anyMatch(broken::contains);
    } catch (ScenarioError senseless) {
      return false;
    }
  }

  private static List<ObjectNode> candidates(ObjectNode scenario) {
    List<ObjectNode> smaller = new ArrayList<>();
    int fleets = scenario.path("fleets").size();
    for (int fleet = 0; fleet < fleets && fleets > 1; fleet++) {
      smaller.add(without(scenario, "/fleets", fleet));
    }
    int steps = beforeEnding(scenario.path("steps"));
    for (int half = 0; half < 2 && steps > 3; half++) {
      ObjectNode candidate = scenario.deepCopy();
      for (int i = 0; i < steps / 2; i++) {
        array(candidate, "/steps").remove(half * (steps - steps / 2));
      }
      smaller.add(candidate);
    }
    for (int fleet = 0; fleet < fleets; fleet++) {
      String services = "/fleets/" + fleet + "/services";
      for (int i = 0; i < scenario.at(services).size(); i++) {
        smaller.add(without(scenario, services, i));
      }
    }
    for (int i = 0; i < steps; i++) {
      smaller.add(without(scenario, "/steps", i));
    }
    for (String key : List.of("faults", "policy")) {
      scenario.path(key).fieldNames().forEachRemaining(name -> {
        ObjectNode candidate = scenario.deepCopy();
        ((ObjectNode) candidate.path(key)).remove(name);
        smaller.add(candidate);
      });
    }
    return smaller;
  }

  /** How many steps come before the last ones, which make sure that the fleets can rest. */
  private static int beforeEnding(JsonNode steps) {
    String last = steps.path(steps.size() - 1).path("at").asText();
    int before = 0;
    while (before < steps.size() && !steps.path(before).path("at").asText().equals(last)) {
      before++;
    }
    return before;
  }

  /** Without one item, and without the steps that name it. */
  private static ObjectNode without(ObjectNode scenario, String path, int index) {
    ObjectNode candidate = scenario.deepCopy();
    JsonNode gone = array(candidate, path).remove(index);
    List<String> names = new ArrayList<>();
    if (!path.equals("/steps")) {
      names.addAll(gone.findValuesAsText("name"));
      names.addAll(gone.findValuesAsText("config"));
    }
    ArrayNode steps = array(candidate, "/steps");
    for (int i = steps.size() - 1; i >= 0; i--) {
      String step = steps.path(i).toString();
      if (names.stream().anyMatch(name -> step.contains("\"" + name + "\""))) {
        steps.remove(i);
      }
    }
    return candidate;
  }

  private static ArrayNode array(ObjectNode scenario, String path) {
    return (ArrayNode) scenario.at(path);
  }
}
