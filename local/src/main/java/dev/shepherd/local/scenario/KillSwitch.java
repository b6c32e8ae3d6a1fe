package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.FunctionKilled;
import dev.shepherd.local.protocol.CallHook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Kills a function at a call that was named beforehand, once. */
final class KillSwitch implements CallHook {
  private final Map<String, Integer> callsLeft = new HashMap<>();
  private final Supplier<List<String>> running;

  KillSwitch(Supplier<List<String>> running) {
    this.running = running;
  }

  /** The nth call of this function from now is its last. */
  void arm(String function, int call) {
    callsLeft.put(function, call);
  }

  @Override
  public void before(String operation, ObjectNode request) {
    for (String function : running.get()) {
      int left = callsLeft.getOrDefault(function, 0);
      callsLeft.put(function, Math.max(0, left - 1));
      if (left == 1) {
        throw new FunctionKilled(function + " is killed at " + operation);
      }
    }
  }
}
