package dev.shepherd.local.lambda;

import dev.shepherd.functions.aws.PassingTime;
import dev.shepherd.local.world.VirtualClock;
import java.time.Duration;
import java.time.Instant;

/** The virtual clock as the functions see it: what they wait for passes without wall time. */
record VirtualTime(VirtualClock clock) implements PassingTime {
  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void pass(Duration duration) {
    clock.pass(duration);
  }
}
