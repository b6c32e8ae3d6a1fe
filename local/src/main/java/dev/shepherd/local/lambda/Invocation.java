package dev.shepherd.local.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a function in the local host.
 *
 * @param function its name, {@code ConfigRollout}
 * @param messages how many messages it got
 * @param answer what it wrote, JSON; empty bytes count as the empty text
 * @param log the lines that it logged through its context
 * @param failure why it counts as failed: the messages come again
 */
public record Invocation(
    String function,
    Instant begun,
    Instant ended,
    int messages,
    String answer,
    List<String> log,
    Optional<String> failure) {
  public Invocation {
    log = List.copyOf(log);
  }
}
