package dev.shepherd.local.lambda;

/**
 * A run under way.
 *
 * @param function its name, {@code ConfigRollout}
 * @param invocation which of the function's runs, counted from 1
 */
public record Caller(String function, int invocation) {}
