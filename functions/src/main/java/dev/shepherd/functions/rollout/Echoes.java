package dev.shepherd.functions.rollout;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The deployments that this instance has started, and whose event has not come back yet. What ECS
 * says of such a start, UpdateService's answer has said already: it need not be looked at
 * (docs/adr/0035).
 */
final class Echoes {
  /** More than any run starts; an id that is dropped costs one look. */
  private static final int MOST = 1_000;

  private final Set<String> expected = new LinkedHashSet<>();

  void expect(String deployment) {
    expected.add(deployment);
    if (expected.size() > MOST) {
      expected.remove(expected.iterator().next());
    }
  }

  /** True once for each: ECS says the same of a deployment that it rolls back to. */
  boolean isOne(String deployment) {
    return expected.remove(deployment);
  }
}
