package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.lambda.FunctionKilled;
import dev.shepherd.local.protocol.CallHook;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Kills functions in the midst of a run: at a call that was named beforehand, before it has an
 * effect; and a share of the runs at a call that chance draws, before its effect or after.
 */
final class KillSwitch implements CallHook {
  /** A run's calls so far, and the one that it does not survive; 0 for none. */
  private record Run(int invocation, int calls, int last, boolean afterEffect) {
    Run next() {
      return new Run(invocation, calls + 1, last, afterEffect);
    }

    boolean dies(boolean after) {
      return calls == last && after == afterEffect;
    }
  }

  private final Map<String, Integer> callsLeft = new HashMap<>();
  private final Map<String, Run> runs = new HashMap<>();
  private final Map<String, Integer> longest = new HashMap<>();
  private final Supplier<Optional<Caller>> caller;
  private final SplittableRandom random;
  private double rate;

  KillSwitch(Supplier<Optional<Caller>> caller, SplittableRandom random) {
    this.caller = caller;
    this.random = random;
  }

  /** The nth call of this function from now is its last. */
  void arm(String function, int call) {
    callsLeft.put(function, call);
  }

  /** The share of runs that are killed from now on, from 0 to 1. */
  void rate(double rate) {
    this.rate = rate;
  }

  @Override
  public void before(String operation, ObjectNode request) {
    caller.get().ifPresent(run -> {
      int left = callsLeft.getOrDefault(run.function(), 0);
      callsLeft.put(run.function(), Math.max(0, left - 1));
      if (left == 1) {
        throw killed(run, operation);
      }
      Run now = counted(run);
      if (now.dies(false)) {
        throw killed(run, operation);
      }
    });
  }

  private Run counted(Caller caller) {
    Run now = Optional.ofNullable(runs.get(caller.function()))
        .filter(run -> run.invocation == caller.invocation())
        .orElseGet(() -> begun(caller))
        .next();
    runs.put(caller.function(), now);
    longest.merge(caller.function(), now.calls, Math::max);
    return now;
  }

  private Run begun(Caller caller) {
    boolean dies = rate > 0 && random.nextDouble() < rate;
    int last = dies ? 1 + random.nextInt(reach(caller.function())) : 0;
    return new Run(caller.invocation(), 0, last, dies && random.nextBoolean());
  }

  /**
   * How many calls the run may make is not known yet: half of the draws are among as many as the
   * run before made, so that short runs die too, and half among the most that any made.
   */
  private int reach(String function) {
    Run before = runs.get(function);
    return before != null && random.nextBoolean()
        ? Math.max(1, before.calls)
        : longest.getOrDefault(function, 1);
  }

  @Override
  public void after(String operation, ObjectNode request) {
    caller.get().ifPresent(run -> {
      Run now = runs.get(run.function());
      if (now != null && now.invocation == run.invocation() && now.dies(true)) {
        throw killed(run, operation);
      }
    });
  }

  private static FunctionKilled killed(Caller run, String operation) {
    return new FunctionKilled(run.function() + " is killed at " + operation);
  }
}
