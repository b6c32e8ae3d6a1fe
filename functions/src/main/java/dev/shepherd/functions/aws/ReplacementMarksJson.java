package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.replacement.Asked;
import dev.shepherd.shared.replacement.Loop;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.replacement.Storm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The {@code replacements} parameter's JSON. It fits a standard parameter, <a
 * href="https://docs.aws.amazon.com/general/latest/gr/ssm.html">4 KB</a>: what was stopped always
 * does; then the newest loops and requests, a storm's services or their sum, and of those first
 * seen sick the oldest. What does not fit counts as seen now, at the next look.
 */
public final class ReplacementMarksJson {
  static final int MAX_BYTES = 4096;
  private static final int SCHEMA = 1;

  /** How many services may have a loop, a request, a part in a storm; tried in this order. */
  private static final List<Integer> SERVICES = List.of(1000, 12, 5, 1, 0);

  private ReplacementMarksJson() {}

  /** The parameter's value. */
  public static String write(ReplacementMarks marks) {
    Map<String, Instant> oldest = new LinkedHashMap<>();
    marks.sick().entrySet().stream()
        .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry::getKey))
        .forEach(each -> oldest.put(each.getKey(), each.getValue()));
    for (int services : SERVICES) {
      String bare = text(marks, Map.of(), services);
      if (bytes(bare) <= MAX_BYTES) {
        Map<String, Instant> fitting = new LinkedHashMap<>(oldest);
        String whole = text(marks, fitting, services);
        while (bytes(whole) > MAX_BYTES) {
          fitting.keySet().removeAll(newest(fitting));
          whole = text(marks, fitting, services);
        }
        return whole;
      }
    }
    throw new ReconcileException("what to remember would be over " + MAX_BYTES + " bytes");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** One in eight, at least one, from the end. */
  private static List<String> newest(Map<String, Instant> oldest) {
    int drop = Math.ceilDiv(oldest.size(), 8);
    return oldest.keySet().stream().skip(oldest.size() - drop).toList();
  }

  private static String text(ReplacementMarks marks, Map<String, Instant> sick, int services) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("sick", byTime(sick));
    json.put("stopped", byTime(marks.stopped()));
    json.put("storm", marks.storm().map(each -> storm(each, services)));
    json.put("loops", some(marks.loops(), services, Loop::at, ReplacementMarksJson::loop));
    json.put("asked", some(marks.asked(), services, Asked::at, ReplacementMarksJson::asked));
    return Json.write(json);
  }

  private static Map<String, Object> byTime(Map<String, Instant> ids) {
    Map<Instant, String> byTime = new TreeMap<>();
    new TreeMap<>(ids)
        .forEach((id, time) -> byTime.merge(time, id, (one, other) -> one + " " + other));
    Map<String, Object> json = new LinkedHashMap<>();
    byTime.forEach((time, all) -> json.put(time.toString(), all));
    return json;
  }

  private static Map<String, Object> storm(Storm whole, int services) {
    Storm storm = whole.sick().size() > services ? whole.summed() : whole;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("last", storm.last());
    json.put("size", storm.size());
    json.put("stopped", storm.stopped());
    json.put("round", storm.round());
    json.put("services", some(storm.sick(), Integer.MAX_VALUE, _ -> storm.last(), count -> count));
    return json;
  }

  private static <V> Map<String, Object> some(
      Map<ServiceName, V> all, int most, Function<V, Instant> time, Function<V, Object> json) {
    Map<String, Object> some = new LinkedHashMap<>();
    all.entrySet().stream()
        .sorted(Comparator.<Map.Entry<ServiceName, V>, Instant>comparing(
                each -> time.apply(each.getValue()))
            .reversed()
            .thenComparing(Map.Entry::getKey))
        .limit(most)
        .forEach(each -> some.put(each.getKey().toString(), json.apply(each.getValue())));
    return some;
  }

  private static Map<String, Object> loop(Loop loop) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", loop.at());
    json.put("row", loop.row());
    return json;
  }

  private static Map<String, Object> asked(Asked asked) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", asked.task());
    json.put("at", asked.at());
    json.put("times", asked.times());
    return json;
  }

  /**
   * What was remembered.
   *
   * @throws ReconcileException if it is not what {@link #write} wrote; the fleet is left alone then
   */
  public static ReplacementMarks read(String text, String parameter) {
    try {
      return read(JsonNode.parser().parse(text));
    } catch (RuntimeException unreadable) {
      // Parser, records and parsing of times each have their own; all say that it is not ours.
      throw new ReconcileException(
          parameter + " is not what this release can read; delete it to begin anew");
    }
  }

  private static ReplacementMarks read(JsonNode json) {
    if (number(json, "schema") != SCHEMA) {
      throw new IllegalArgumentException("schema");
    }
    return new ReplacementMarks(
        times(member(json, "sick")),
        times(member(json, "stopped")),
        json.field("storm").map(ReplacementMarksJson::readStorm),
        services(
            member(json, "loops"),
            each -> new Loop(Instant.parse(string(each, "at")), number(each, "row"))),
        services(
            member(json, "asked"),
            each -> new Asked(
                string(each, "task"), Instant.parse(string(each, "at")), number(each, "times"))));
  }

  private static Map<String, Instant> times(JsonNode json) {
    Map<String, Instant> ids = new HashMap<>();
    json.asObject().forEach((time, all) -> {
      for (String id : all.asString().split(" ", -1)) {
        ids.put(id, Instant.parse(time));
      }
    });
    return ids;
  }

  private static Storm readStorm(JsonNode json) {
    return new Storm(
        Instant.parse(string(json, "last")),
        number(json, "size"),
        number(json, "stopped"),
        json.field("round").map(JsonNode::asString).map(Instant::parse),
        services(member(json, "services"), each -> Integer.parseInt(each.asNumber())));
  }

  private static <V> Map<ServiceName, V> services(JsonNode json, Function<JsonNode, V> value) {
    Map<ServiceName, V> services = new HashMap<>();
    json.asObject().forEach((name, each) -> {
      int slash = name.indexOf('/');
      services.put(
          new ServiceName(name.substring(0, slash), name.substring(slash + 1)), value.apply(each));
    });
    return services;
  }

  private static JsonNode member(JsonNode json, String name) {
    return json.field(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static String string(JsonNode json, String name) {
    return member(json, name).asString();
  }

  private static int number(JsonNode json, String name) {
    return Integer.parseInt(member(json, name).asNumber());
  }
}
