package dev.shepherd.local.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets the functions do what the template's roles allow and refuses the rest as AWS does, so that a
 * call without its permission fails here too. Calls of nobody's, an operator's, pass.
 */
public final class Gate implements CallHook {
  private static final int KEPT = 100;
  private static final Policies NONE = new Policies(List.of());

  private final Map<String, Policies> roles;
  private final Map<String, Policies> byAction = new HashMap<>();
  private final Supplier<Optional<String>> caller;
  private final Asks asks;
  private final List<String> refusals = new ArrayList<>();

  /**
   * Stands before this world.
   *
   * @param roles by the function's name; functions without one may do anything
   * @param caller the name of the function that calls, if one does
   */
  public Gate(World world, Map<String, Policies> roles, Supplier<Optional<String>> caller) {
    this.roles = Map.copyOf(roles);
    this.caller = caller;
    this.asks = new Asks(world);
  }

  /** What was refused, the first hundred, {@code ConfigRollout: ecs:StopTask on arn:…}. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Of a role what speaks of this action: a call may ask of a hundred resources. */
  private Policies policies(String function, String action) {
    return byAction.computeIfAbsent(
        function + ' ' + action, _ -> roles.getOrDefault(function, NONE).of(action));
  }

  @Override
  public void before(String operation, ObjectNode request) {
    Optional<String> function = caller.get();
    if (function.isEmpty() || !roles.containsKey(function.get())) {
      return;
    }
    for (Ask ask : asks.of(operation, request)) {
      if (!policies(function.get(), ask.action()).allow(ask)) {
        String refused = ask.action() + " on " + ask.resource();
        if (refusals.size() < KEPT) {
          refusals.add(function.orElseThrow() + ": " + refused);
        }
        throw AwsFailure.refused(
            "AccessDeniedException",
            function.orElseThrow() + " is not authorized to perform: " + refused
                + " because no identity-based policy allows it");
      }
    }
  }
}
