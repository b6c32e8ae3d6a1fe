package dev.shepherd.local.scenario;

import java.time.Duration;
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

  /**
   * A rule that did not hold.
   *
   * @param invariant its number in the design, 1 to 9
   * @param at virtual time from the start
   */
  public record Violation(int invariant, Duration at, String detail) {}

  public Verdict {
    violations = List.copyOf(violations);
  }
}
