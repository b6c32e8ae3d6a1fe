package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws whole scenarios from a seed: fleets of all patterns and ways to refer, policies, faults,
 * and some forty minutes in which operators, apps, tasks and AWS do what they do. At the end of
 * those the faults end, what was paused goes on, a fleet that may run a misbehaving text gets a
 * good one, and in some collectors fall ill once more; then there is peace, so that every fleet can
 * be held to coming to rest.
 *
 * <p>Most are small and busy: what a large one finds a small one finds too, and of those ten can be
 * played in its time.
 *
 * <p>A generated scenario is a tree as a scenario file has it, which {@link ScenarioText} writes.
 */
public final class ScenarioGenerator {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int PEACE_MINUTES = (int) Scenario.PEACE.toMinutes();

  private final Set<String> limits;

  /** @param limits the stack's parameters: a limit without one is not drawn */
  public ScenarioGenerator(Set<String> limits) {
    this.limits = Set.copyOf(limits);
  }

  /** The scenario of this seed, always the same. */
  public ObjectNode draw(long seed) {
    return new Draw(new SplittableRandom(seed)).whole(seed);
  }

  private final class Draw {
    private final Chance chance;
    private final RandomTexts texts;
    private final List<ObjectNode> services = new ArrayList<>();
    private final List<String> configs = new ArrayList<>();

    Draw(SplittableRandom random) {
      chance = new Chance(random);
      texts = new RandomTexts(chance);
    }

    ObjectNode whole(long seed) {
      int busyMinutes = chance.from(10, 40);
      ObjectNode scenario = JSON.objectNode().put("seed", seed);
      scenario.put("duration", busyMinutes + PEACE_MINUTES + "m");
      ObjectNode policy = policy();
      if (!policy.isEmpty()) {
        scenario.set("policy", policy);
      }
      boolean two = chance.of(25);
      ArrayNode clusters = scenario.putArray("clusters").add("prod");
      if (two) {
        clusters.add("batch");
      }
      ArrayNode fleets = scenario.putArray("fleets");
      int count = chance.of(60) ? 1 : chance.from(2, 3);
      for (int i = 0; i < count; i++) {
        fleets.add(fleet(i, two));
      }
      boolean faults = chance.of(60);
      if (faults) {
        scenario.set("faults", faults());
      }
      List<ObjectNode> steps = new ArrayList<>();
      RandomSteps random = new RandomSteps(chance, texts, configs, services);
      int most = chance.from(1, 12);
      for (int i = 0; i < most; i++) {
        steps.addAll(random.draw(chance.from(120, 60 * busyMinutes - 120)));
      }
      steps.sort(Comparator.comparingInt(
          step -> Integer.parseInt(step.path("at").asText().replace("s", ""))));
      steps.addAll(random.ending(60 * busyMinutes, faults));
      scenario.putArray("steps").addAll(steps);
      return scenario;
    }

    private ObjectNode policy() {
      ObjectNode policy = JSON.objectNode();
      limit(policy, "canaryPercent", chance.from(5, 50));
      limit(policy, "bakeMinutes", chance.of(80) ? chance.from(0, 4) : chance.from(5, 15));
      limit(policy, "startMinutes", chance.from(3, 12));
      limit(policy, "maxUnavailablePercent", chance.from(1, 30));
      limit(policy, "maxConcurrentDeployments", chance.from(1, 6));
      limit(policy, "probeSeconds", chance.from(20, 90));
      limit(policy, "settleSeconds", chance.from(10, 90));
      limit(policy, "maxDeregisterPercent", chance.from(5, 50));
      limit(policy, "stormMinutes", chance.from(2, 20));
      limit(policy, "stormPercent", chance.from(10, 60));
      limit(policy, "ecsGraceMinutes", chance.from(0, 8));
      limit(policy, "graceSeconds", chance.from(0, 150));
      if (chance.of(30) && limits.contains("Waves")) {
        ArrayNode waves = policy.putArray("waves");
        (chance.of(50) ? List.of(10, 30, 60, 100) : List.of(100)).forEach(waves::add);
      }
      if (chance.of(20) && limits.contains("DriftRepair")) {
        policy.put("driftRepair", chance.one("now", "next"));
      }
      return policy;
    }

    private void limit(ObjectNode policy, String name, int value) {
      String parameter = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      if (chance.of(35) && limits.contains(parameter)) {
        policy.put(name, value);
      }
    }

    private ObjectNode fleet(int number, boolean twoClusters) {
      String config = "/collectors/" + List.of("gateway", "sidecar", "edge").get(number);
      configs.add(config);
      ObjectNode fleet = JSON.objectNode().put("config", config).put("text", texts.good());
      if (chance.of(20)) {
        fleet.put("secure", true);
      }
      ArrayNode list = fleet.putArray("services");
      int count = chance.of(75) ? chance.from(1, 2) : chance.from(3, 4);
      for (int i = 0; i < count; i++) {
        ObjectNode service = new RandomService(chance, twoClusters).draw("s" + number + i);
        services.add(service);
        list.add(service);
      }
      return fleet;
    }

    private ObjectNode faults() {
      ObjectNode faults = JSON.objectNode();
      Map.of(
              "duplicate", 0.3,
              "reorder", 0.3,
              "lose", 0.3,
              "throttle", 0.1,
              "staleRead", 0.2,
              "failPage", 0.03,
              "killFunction", 0.05,
              "serverError", 0.05)
          .entrySet()
          .stream()
          .sorted(Map.Entry.comparingByKey())
          .filter(_ -> chance.of(40))
          .forEach(each -> faults.put(each.getKey(), chance.upTo(each.getValue())));
      if (chance.of(30)) {
        faults.put("delay", chance.from(1, 90) + "s");
      }
      if (chance.of(15)) {
        faults.put("buckets", true);
      }
      return faults;
    }
  }
}
