package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.protocol.CallHook;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Notes which of a function's runs wrote to ECS, Cloud Map or Parameter Store. */
final class Writes implements CallHook {
  private static final Pattern WRITES =
      Pattern.compile("(ecs|servicediscovery|ssm):(?!Describe|Get|List|Discover)\\w+");

  private final Map<String, Integer> lastRun = new HashMap<>();
  private final Supplier<Optional<Caller>> caller;
  private final Consumer<String> stopped;

  /** {@code stopped} hears of the tasks that functions stop, by id or ARN. */
  Writes(Supplier<Optional<Caller>> caller, Consumer<String> stopped) {
    this.caller = caller;
    this.stopped = stopped;
  }

  @Override
  public void after(String operation, ObjectNode request) {
    if (WRITES.matcher(operation).matches()) {
      caller.get().ifPresent(run -> lastRun.put(run.function(), run.invocation()));
    }
    if (operation.equals("ecs:StopTask")) {
      stopped.accept(request.path("task").asText());
    }
  }

  /** Whether the last two runs of each function wrote nothing. */
  boolean areOver(Map<String, Integer> invocations) {
    return invocations.entrySet().stream()
        .allMatch(each -> each.getValue() - lastRun.getOrDefault(each.getKey(), -1) >= 2);
  }
}
