package dev.shepherd.local.scenario;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The limits that a scenario sets; what it does not set has the stack's default.
 *
 * @param limits the limit's name to its value as a stack parameter would have it:
 *     {@code bakeMinutes} to {@code 10}, {@code waves} to {@code 25,50,100}
 * @param places where the scenario says so, by the limit's name
 */
public record Policy(Map<String, String> limits, Map<String, Place> places) {
  /** Every limit has the stack's default. */
  static final Policy DEFAULTS = new Policy(Map.of(), Map.of());

  /** The limits that a scenario may set, each with how it is read. */
  private static final List<Limit> KNOWN = List.of(
      new Limit("canaryPercent", whole(1, 50)),
      new Limit("bakeMinutes", whole(0, 1440)),
      new Limit("waves", Policy::waves),
      new Limit("maxUnavailablePercent", whole(0, 50)),
      new Limit("maxCanaryTasks", whole(1, 50)),
      new Limit("maxConcurrentDeployments", whole(1, 100)),
      new Limit("probeSeconds", whole(1, 3600)),
      new Limit("settleSeconds", whole(0, 3600)),
      new Limit("startMinutes", whole(1, 1440)),
      new Limit("deploymentMinutes", whole(1, 1440)),
      new Limit("pinByName", value -> value.oneOf("atRollout", "never")),
      new Limit("driftRepair", value -> value.oneOf("next", "now", "never")),
      new Limit("ecsGraceMinutes", whole(0, 1440)),
      new Limit("stormPercent", whole(1, 100)),
      new Limit("stormMinutes", whole(0, 1440)),
      new Limit("graceSeconds", whole(0, 3600)),
      new Limit("maxDeregisterPercent", whole(1, 100)));

  private record Limit(String name, Function<YamlValue, String> reading) {}

  public Policy {
    limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    places = Map.copyOf(places);
  }

  static Policy read(YamlValue value) {
    YamlMap map = value.map(KNOWN.stream().map(Limit::name).toList());
    Map<String, String> limits = new TreeMap<>();
    Map<String, Place> places = new TreeMap<>();
    for (Limit limit : KNOWN) {
      map.find(limit.name).ifPresent(given -> {
        limits.put(limit.name, limit.reading.apply(given));
        places.put(limit.name, given.place());
      });
    }
    return new Policy(limits, places);
  }

  /**
   * The limits as stack parameters: a limit's name is its parameter's, but for the first letter.
   *
   * @param known the parameters that the stack has
   * @throws ScenarioError where a limit has no parameter, for playing without it would answer
   *     another question
   */
  Map<String, String> stackParameters(Set<String> known) {
    Map<String, String> parameters = new TreeMap<>();
    limits.forEach((name, value) -> {
      String parameter = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      Place place = places.get(name);
      if (!known.contains(parameter) && place != null) {
        throw new ScenarioError(
            place, "'%s' is not supported yet: the stack has no such parameter".formatted(name));
      }
      parameters.put(parameter, value);
    });
    return parameters;
  }

  /** A limit that is a whole number, or the stack's default. */
  int percent(String limit, int otherwise) {
    return Integer.parseInt(limits.getOrDefault(limit, Integer.toString(otherwise)));
  }

  private static Function<YamlValue, String> whole(int least, int most) {
    return value -> Integer.toString(value.integer(least, most));
  }

  private static String waves(YamlValue value) {
    List<Integer> percents =
        value.list().stream().map(item -> item.integer(1, 100)).toList();
    boolean ascending = percents.stream().sorted().distinct().toList().equals(percents);
    if (percents.isEmpty() || !ascending || percents.getLast() != 100) {
      throw value.error("waves are percents that ascend and end at 100");
    }
    return percents.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
