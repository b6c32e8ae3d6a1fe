package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.List;

/**
 * How often the local world misbehaves. Rates are chances from 0 to 1.
 *
 * @param duplicate per event
 * @param reorder per event
 * @param lose per event
 * @param delay the longest delay of an event
 * @param throttle per AWS call
 * @param staleRead per read of ECS or Cloud Map: it shows the world of up to 30 s ago
 * @param failPage per page of a listing
 * @param killFunction per invocation, at a call that the seed draws
 * @param serverError per AWS call
 * @param buckets whether AWS's token buckets limit the calls
 */
public record FaultRates(
    double duplicate,
    double reorder,
    double lose,
    Duration delay,
    double throttle,
    double staleRead,
    double failPage,
    double killFunction,
    double serverError,
    boolean buckets) {

  public static final FaultRates NONE =
      new FaultRates(0, 0, 0, Duration.ZERO, 0, 0, 0, 0, 0, false);

  private static final List<String> KEYS = List.of(
      "duplicate",
      "reorder",
      "lose",
      "delay",
      "throttle",
      "staleRead",
      "failPage",
      "killFunction",
      "serverError",
      "buckets");

  static FaultRates read(YamlValue value) {
    YamlMap map = value.map(KEYS);
    return new FaultRates(
        rate(map, "duplicate"),
        rate(map, "reorder"),
        rate(map, "lose"),
        map.get("delay", YamlValue::duration, Duration.ZERO),
        rate(map, "throttle"),
        rate(map, "staleRead"),
        rate(map, "failPage"),
        rate(map, "killFunction"),
        rate(map, "serverError"),
        map.get("buckets", YamlValue::flag, false));
  }

  private static double rate(YamlMap map, String key) {
    return map.get(key, YamlValue::rate, 0.0);
  }
}
