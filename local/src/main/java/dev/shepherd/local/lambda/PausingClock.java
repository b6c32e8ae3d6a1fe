package dev.shepherd.local.lambda;

import dev.shepherd.functions.aws.RunClock;
import dev.shepherd.local.world.VirtualClock;
import java.time.Duration;
import java.time.Instant;

/** The virtual clock as a function waits on it: the world moves on meanwhile. */
record PausingClock(VirtualClock clock) implements RunClock {
  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void pause(Duration time) {
    clock.pass(time);
  }
}
