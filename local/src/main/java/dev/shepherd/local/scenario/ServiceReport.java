package dev.shepherd.local.scenario;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a service stands.
 *
 * @param healthy running, essential containers up, collectors running and not UNHEALTHY
 * @param byConfig running tasks by the hash of the text that they read at their start
 */
public record ServiceReport(
    String name, int desired, int running, int healthy, SortedMap<String, Integer> byConfig) {
  public ServiceReport {
    byConfig = Collections.unmodifiableSortedMap(new TreeMap<>(byConfig));
  }

  /** Whether every task that ought to run does so, well, and on this hash. */
  boolean runs(String hash) {
    return running == desired
        && healthy == desired
        && (desired == 0 || byConfig.equals(new TreeMap<>(Map.of(hash, desired))));
  }
}
