package dev.shepherd.functions.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can also be waited on, for what AWS takes a few seconds to do. */
public interface RunClock extends InstantSource {
  /** Lets this much time pass; less when the thread is interrupted, which stays noted. */
  void pause(Duration time);

  /** The machine's. */
  static RunClock system() {
    return new RunClock() {
      @Override
      public Instant instant() {
        return InstantSource.system().instant();
      }

      @Override
      public void pause(Duration time) {
        try {
          Thread.sleep(time);
        } catch (InterruptedException ended) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
