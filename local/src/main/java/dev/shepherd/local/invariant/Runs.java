package dev.shepherd.local.invariant;

import dev.shepherd.local.lambda.Invocation;

/** What a run tells of itself when it has ended. */
final class Runs {
  private Runs() {}

  /** It failed, or says that it could not do something. */
  static boolean isTroubled(Invocation run) {
    return run.failure().isPresent() || !run.answer().contains("\"failures\":[]");
  }
}
