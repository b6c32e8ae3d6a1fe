package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Draws what happens: each draw is one incident, of one step or of a few that belong together. */
// Over 200 lines: one short method for each kind of incident.
final class RandomSteps {
  private final Chance chance;
  private final RandomTexts texts;
  private final List<String> configs;
  private final List<ObjectNode> services;
  private final List<IntFunction<List<ObjectNode>>> incidents;
  private final Map<String, String> newest = new HashMap<>();
  private final Set<String> doubtful = new HashSet<>();

  RandomSteps(Chance chance, RandomTexts texts, List<String> configs, List<ObjectNode> services) {
    this.chance = chance;
    this.texts = texts;
    this.configs = configs;
    this.services = services;
    incidents = List.of(
        this::goodEdit,
        this::goodEdit,
        this::goodEdit,
        this::misbehavingEdit,
        this::misbehavingEdit,
        this::badEdit,
        this::commentedEdit,
        this::oldEdit,
        this::deploy,
        this::deploy,
        this::scale,
        this::pause,
        this::killCall,
        this::canaryTag,
        this::kill,
        this::kill,
        this::unhealthy,
        this::stopHost,
        this::registration,
        this::registration);
  }

  /** What happens from this second on. */
  List<ObjectNode> draw(int second) {
    return chance.one(incidents).apply(second);
  }

  /**
   * All that keeps fleets from their rest ends; who may run a bad text gets a good one. In some
   * scenarios collectors fall ill then, which no later rollout makes good.
   */
  List<ObjectNode> ending(int second, boolean faults) {
    List<ObjectNode> steps = new ArrayList<>();
    boolean sick = chance.of(30);
    if (faults) {
      steps.add(at(second).put("faults", "off"));
    }
    for (String config : configs) {
      steps.add(tag(second, config, "shepherd:paused", "false"));
      if (doubtful.contains(config) || (!sick && chance.of(50))) {
        steps.add(put(second, config, texts.good()));
      }
    }
    if (sick) {
      steps.addAll(chance.of(50) ? kill(second) : unhealthy(second));
    }
    return steps;
  }

  private static ObjectNode at(int second) {
    return JsonNodeFactory.instance.objectNode().put("at", second + "s");
  }

  private static ObjectNode put(int second, String config, String text) {
    return at(second).put("put", config).put("text", text);
  }

  private static ObjectNode tag(int second, String config, String key, String value) {
    ObjectNode step = at(second);
    step.putObject("tag").put("parameter", config).put("key", key).put("value", value);
    return step;
  }

  private String config() {
    return chance.one(configs);
  }

  private List<ObjectNode> goodEdit(int second) {
    String config = config();
    String text = texts.good();
    newest.put(config, text);
    return List.of(put(second, config, text));
  }

  /** It passes the validator; what it does to the collector shows only when one runs it. */
  private List<ObjectNode> misbehavingEdit(int second) {
    String config = config();
    ObjectNode behave = at(second);
    doubtful.add(config);
    behave
        .putObject("behave")
        .put("fleet", config)
        .put("config", "latest")
        .put("collector", chance.one("crash", "unhealthy", "neverHealthy", "oom"))
        .put("after", chance.from(0, chance.of(80) ? 120 : 1500) + "s");
    return List.of(put(second, config, texts.good()), behave);
  }

  private List<ObjectNode> badEdit(int second) {
    return List.of(put(second, config(), texts.bad()));
  }

  private List<ObjectNode> commentedEdit(int second) {
    String config = config();
    return List.of(
        put(second, config, texts.commented(newest.computeIfAbsent(config, _ -> texts.good()))));
  }

  /** Back to a text that was drawn before, be it run since or not. */
  private List<ObjectNode> oldEdit(int second) {
    String config = config();
    return List.of(put(second, config, newest.computeIfAbsent(config, _ -> texts.good())));
  }

  private List<ObjectNode> deploy(int second) {
    ObjectNode service = chance.one(services);
    ObjectNode step = at(second);
    ObjectNode deploy = step.putObject("deploy").put("service", name(service));
    boolean current = service.path("reference").asText().equals("current");
    deploy.put("by", "someone-else");
    deploy.put("reference", current ? "current" : chance.one("by-name", "pinned"));
    return List.of(step);
  }

  private List<ObjectNode> scale(int second) {
    ObjectNode step = at(second);
    step.putObject("scale")
        .put("service", name(chance.one(services)))
        .put("tasks", chance.from(0, 12));
    return List.of(step);
  }

  private List<ObjectNode> pause(int second) {
    String config = config();
    return List.of(
        tag(second, config, "shepherd:paused", "true"),
        tag(second + chance.from(0, 90), config, "shepherd:paused", "false"));
  }

  private List<ObjectNode> canaryTag(int second) {
    return List.of(
        tag(second, config(), "shepherd:canary-percent", Integer.toString(chance.from(0, 60))));
  }

  private List<ObjectNode> killCall(int second) {
    ObjectNode step = at(second);
    step.putObject("killCall")
        .put(
            "function",
            chance.one("ConfigRollout", "ConfigRollout", "TaskReplacement", "RegistrationSync"))
        .put("call", chance.from(1, 40));
    return List.of(step);
  }

  private List<ObjectNode> kill(int second) {
    ObjectNode step = at(second);
    step.putObject("kill")
        .put("service", name(chance.one(services)))
        .put("container", "collector")
        .put("tasks", chance.from(1, 5));
    return List.of(step);
  }

  private List<ObjectNode> unhealthy(int second) {
    ObjectNode step = at(second);
    ObjectNode unhealthy = step.putObject("unhealthy").put("service", name(chance.one(services)));
    unhealthy.put("percent", chance.from(1, 100));
    if (chance.of(30)) {
      unhealthy.put("zone", chance.one("a", "b", "c"));
    }
    return List.of(step);
  }

  private List<ObjectNode> stopHost(int second) {
    return services.stream()
        .filter(service -> service.has("hosts"))
        .findFirst()
        .map(service -> {
          ObjectNode step = at(second);
          step.putObject("stopHost").put("service", name(service)).put("host", 1);
          return List.of(step);
        })
        .orElse(List.of());
  }

  private List<ObjectNode> registration(int second) {
    return services.stream()
        .filter(service -> service.path("pattern").asText().equals("service")
            && service.path("discovery").asBoolean(true))
        .findFirst()
        .map(service -> {
          ObjectNode step = at(second);
          step.putObject(chance.one("orphan", "unregister", "reuseIp", "foreignInstance"))
              .put("service", name(service))
              .put("instances", chance.from(1, 4));
          return List.of(step);
        })
        .orElse(List.of());
  }

  private static String name(ObjectNode service) {
    return service.path("name").asText();
  }
}
