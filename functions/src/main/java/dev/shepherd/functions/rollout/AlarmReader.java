package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.shared.rollout.AlarmState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * How CloudWatch alarms stand: metric alarms and composite ones, which <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html">are
 * left out unless their type is asked for</a>. One call per 100 names; none without a name.
 */
final class AlarmReader {
  private static final int PAGE = 100;
  private static final int LONGEST_NAME = 255;

  private final RolloutAws aws;

  AlarmReader(RolloutAws aws) {
    this.aws = aws;
  }

  /** Those of these names that there are. */
  List<AlarmState> read(Collection<String> names) {
    List<String> possible =
        names.stream().filter(name -> name.length() <= LONGEST_NAME).toList();
    List<AlarmState> found = new ArrayList<>();
    for (List<String> chunk : Pages.chunks(possible, PAGE)) {
      found.addAll(Pages.all(
          token -> aws.describeAlarms(DescribeAlarmsRequest.builder()
              .alarmNames(chunk)
              .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
              .maxRecords(PAGE)
              .nextToken(token)
              .build()),
          AlarmReader::states,
          DescribeAlarmsResponse::nextToken));
    }
    return found;
  }

  private static List<AlarmState> states(DescribeAlarmsResponse answer) {
    return Stream.concat(
            answer.metricAlarms().stream().map(AlarmReader::state),
            answer.compositeAlarms().stream().map(AlarmReader::state))
        .toList();
  }

  private static AlarmState state(MetricAlarm alarm) {
    return state(
        alarm.alarmName(),
        alarm.stateValue(),
        alarm.stateTransitionedTimestamp(),
        alarm.stateUpdatedTimestamp());
  }

  private static AlarmState state(CompositeAlarm alarm) {
    return state(
        alarm.alarmName(),
        alarm.stateValue(),
        alarm.stateTransitionedTimestamp(),
        alarm.stateUpdatedTimestamp());
  }

  private static AlarmState state(
      String name, StateValue value, @Nullable Instant transitioned, @Nullable Instant updated) {
    return new AlarmState(
        name,
        switch (value) {
          case OK -> AlarmState.State.OK;
          case ALARM -> AlarmState.State.ALARM;
          case INSUFFICIENT_DATA, UNKNOWN_TO_SDK_VERSION -> AlarmState.State.INSUFFICIENT_DATA;
        },
        Optional.ofNullable(transitioned)
            .or(() -> Optional.ofNullable(updated))
            .orElse(Instant.EPOCH));
  }
}
