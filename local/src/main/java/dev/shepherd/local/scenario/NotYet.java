package dev.shepherd.local.scenario;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the format knows and the runner cannot play yet. A scenario that uses it is refused where it
 * says so, for playing it in part would answer another question.
 */
final class NotYet {
  private static final Set<String> FAULTS =
      Set.of("staleRead", "failPage", "killFunction", "buckets");

  private NotYet() {}

  static void refuse(YamlMap scenario) {
    scenario
        .find("faults")
        .ifPresent(
            faults -> refuse(faults.anyMap(), FAULTS::contains, "this fault is not supported yet"));
  }

  private static void refuse(YamlMap map, Predicate<String> unsupported, String message) {
    List<String> found = map.keys().keySet().stream().filter(unsupported).toList();
    for (String name : found) {
      map.find(name).ifPresent(value -> reject(value, message + ": '" + name + "'"));
    }
  }

  private static void reject(YamlValue value, String message) {
    throw value.error(message);
  }
}
