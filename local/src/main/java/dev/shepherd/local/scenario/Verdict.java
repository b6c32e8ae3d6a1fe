package dev.shepherd.local.scenario;

import dev.shepherd.local.invariant.Violation;
import java.util.List;

/**
 * What a run was held against, and what did not hold.
 *
 * @param checked how often something was held against an invariant
 * @param violations in the order of their time
 */
public record Verdict(long checked, List<Violation> violations) {
  /** Nothing was checked. */
  public static final Verdict NONE = new Verdict(0, List.of());

  public Verdict {
    violations = List.copyOf(violations);
  }
}
