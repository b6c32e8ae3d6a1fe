package dev.shepherd.shared.rollout;

import java.time.Instant;

/**
 * A CloudWatch alarm as last read.
 *
 * @param since when it came to this state
 */
public record AlarmState(String name, State state, Instant since) {
  /**
   * What <a
   * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html">CloudWatch
   * says</a>.
   */
  public enum State {
    OK,
    ALARM,
    /** It has just been made, or its metric has no data. */
    INSUFFICIENT_DATA
  }
}
