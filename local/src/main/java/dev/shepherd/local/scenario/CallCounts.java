package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.protocol.CallHook;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts each function's attempts by operation, refused ones included. */
final class CallCounts implements CallHook {
  private final Map<String, SortedMap<String, Integer>> byFunction = new HashMap<>();
  private final Supplier<Optional<Caller>> caller;

  CallCounts(Supplier<Optional<Caller>> caller) {
    this.caller = caller;
  }

  @Override
  public void before(String operation, ObjectNode request) {
    caller
        .get()
        .ifPresent(run -> byFunction
            .computeIfAbsent(run.function(), _ -> new TreeMap<>())
            .merge(operation, 1, Integer::sum));
  }

  /** This function's, as a copy. */
  SortedMap<String, Integer> of(String function) {
    return new TreeMap<>(byFunction.getOrDefault(function, new TreeMap<>()));
  }
}
