package dev.shepherd.local.invariant;

import java.time.Duration;

/**
 * A rule that did not hold.
 *
 * @param invariant its number in the design, 1 to 9
 * @param at virtual time from the start
 */
public record Violation(int invariant, Duration at, String detail) {}
