package dev.shepherd.local.scenario;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a service stands.
 *
 * @param beyondRepair serving, with a sick collector that policy forbids to replace
 * @param managed whether Shepherd may touch it
 * @param exact whether Cloud Map shows its tasks and nothing else
 * @param healthy running, essential containers up, collectors running and not UNHEALTHY
 * @param byConfig running tasks by the hash of the text that they read at their start
 */
public record ServiceReport(
    String name,
    int desired,
    int running,
    int healthy,
    SortedMap<String, Integer> byConfig,
    int beyondRepair,
    boolean managed,
    boolean exact) {
  public ServiceReport {
    byConfig = Collections.unmodifiableSortedMap(new TreeMap<>(byConfig));
  }

  /**
   * Whether every task that ought to run does so, as well as policy lets it be, found by clients,
   * and on this hash.
   */
  boolean runs(String hash) {
    boolean allOn = desired == 0 || byConfig.equals(new TreeMap<>(Map.of(hash, desired)));
    return !managed || (running == desired && healthy + beyondRepair == desired && allOn && exact);
  }
}
