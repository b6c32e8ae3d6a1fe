package dev.shepherd.shared.replacement;

import java.util.List;

/**
 * What one run does about a fleet.
 *
 * @param decisions in this order
 * @param marks what has to be remembered before any of it is done
 * @param sick how many collectors are sick
 * @param oldestSeconds for how long the oldest has been seen sick
 */
public record ReplacementPlan(
    List<ReplacementDecision> decisions, ReplacementMarks marks, int sick, long oldestSeconds) {
  public ReplacementPlan {
    decisions = List.copyOf(decisions);
  }
}
