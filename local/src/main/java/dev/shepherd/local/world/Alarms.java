package dev.shepherd.local.world;

import java.time.InstantSource;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** CloudWatch alarms: a scenario says how they stand. */
public final class Alarms {
  private final InstantSource clock;
  private final TreeMap<String, MetricAlarm> alarms = new TreeMap<>();

  Alarms(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets an alarm's state, and makes the alarm where there is none. */
  public void set(String name, StateValue state) {
    MetricAlarm before = alarms.get(name);
    if (before == null || before.stateValue() != state) {
      alarms.put(
          name,
          MetricAlarm.builder()
              .alarmName(name)
              .alarmArn(Arns.of("cloudwatch", "alarm:" + name))
              .stateValue(state)
              .stateUpdatedTimestamp(clock.instant())
              .stateTransitionedTimestamp(clock.instant())
              .build());
    }
  }

  /** By name. */
  public NavigableMap<String, MetricAlarm> all() {
    return Collections.unmodifiableNavigableMap(alarms);
  }
}
