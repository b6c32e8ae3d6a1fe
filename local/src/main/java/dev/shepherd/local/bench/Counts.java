package dev.shepherd.local.bench;

import dev.shepherd.local.scenario.Simulation;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the functions did from one moment to another.
 *
 * @param byOperation calls by function and operation
 * @param invocations runs by function
 */
record Counts(
    Map<String, SortedMap<String, Integer>> byOperation, Map<String, Integer> invocations) {
  /** Until now. */
  static Counts of(Simulation simulation) {
    Map<String, Integer> runs = simulation.report().invocations();
    Map<String, SortedMap<String, Integer>> calls = new TreeMap<>();
    runs.keySet().forEach(function -> calls.put(function, simulation.callsOf(function)));
    return new Counts(calls, runs);
  }

  Counts since(Counts before) {
    Map<String, SortedMap<String, Integer>> more = new TreeMap<>();
    byOperation.forEach((function, counts) -> more.put(
        function, minus(counts, before.byOperation.getOrDefault(function, new TreeMap<>()))));
    return new Counts(more, minus(invocations, before.invocations));
  }

  private static SortedMap<String, Integer> minus(
      Map<String, Integer> counts, Map<String, Integer> less) {
    SortedMap<String, Integer> left = new TreeMap<>();
    counts.forEach((key, count) -> left.put(key, count - less.getOrDefault(key, 0)));
    return left;
  }

  /** Calls of all functions. */
  int calls() {
    return byOperation.keySet().stream().mapToInt(this::callsOf).sum();
  }

  int callsOf(String function) {
    return sum(byOperation.getOrDefault(function, new TreeMap<>()).values());
  }

  int callsOf(String function, String operation) {
    return byOperation.getOrDefault(function, new TreeMap<>()).getOrDefault(operation, 0);
  }

  /** Runs of all functions. */
  int runs() {
    return sum(invocations.values());
  }

  int runsOf(String function) {
    return invocations.getOrDefault(function, 0);
  }

  private static int sum(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
