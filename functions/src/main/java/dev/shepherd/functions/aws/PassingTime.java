package dev.shepherd.functions.aws;

import java.time.Duration;
import java.time.InstantSource;

/** A clock whose time passes when it is told to: a simulation's. Any other is waited for. */
public interface PassingTime extends InstantSource {
  /** Returns when this much time has passed on this clock. */
  void pass(Duration duration);

  /** Waits, whatever the clock is; less when the thread is interrupted, which stays noted. */
  static void pause(InstantSource clock, Duration duration) {
    if (clock instanceof PassingTime time) {
      time.pass(duration);
      return;
    }
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
