package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Alarms;
import dev.shepherd.local.world.AwsFailure;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** The one operation of CloudWatch that is answered. */
final class AlarmsApi {
  private static final int MOST_NAMES = 100;

  private final Alarms alarms;

  private AlarmsApi(Alarms alarms) {
    this.alarms = alarms;
  }

  static Operations over(Alarms alarms) {
    return new Operations()
        .on("DescribeAlarms", DescribeAlarmsRequest::builder, new AlarmsApi(alarms)::describe);
  }

  private DescribeAlarmsResponse describe(DescribeAlarmsRequest request) {
    if (request.alarmNames().size() > MOST_NAMES) {
      throw AwsFailure.refused(
          "ValidationError", "AlarmNames must have at most " + MOST_NAMES + " items.");
    }
    Page<MetricAlarm> page = Page.of(
        alarms.all(),
        wanted(request),
        request.nextToken(),
        Page.size(request.maxRecords(), 50, 100, "ValidationError"),
        "InvalidNextToken");
    return DescribeAlarmsResponse.builder()
        .metricAlarms(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static Predicate<MetricAlarm> wanted(DescribeAlarmsRequest request) {
    return alarm ->
        (request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.alarmName()))
            && (request.alarmNamePrefix() == null
                || alarm.alarmName().startsWith(request.alarmNamePrefix()))
            && (request.stateValue() == null || alarm.stateValue() == request.stateValue());
  }
}
