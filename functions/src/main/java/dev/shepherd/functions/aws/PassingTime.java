package dev.shepherd.functions.aws;

import java.time.Duration;
import java.time.InstantSource;

/** A clock whose time passes when it is told to: a simulation's. Any other is waited for. */
public interface PassingTime extends InstantSource {
  /** Returns when this much time has passed on this clock. */
  void pass(Duration duration);
}
