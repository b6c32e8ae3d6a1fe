package dev.shepherd.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

final class AlarmsApiTest {
  private final LocalAws aws = new LocalAws();

  @Test
  void showsAlarmsByNameWithTheTimeOfTheirLastChange() {
    aws.world.alarms().set("latency", StateValue.OK);
    aws.world.alarms().set("errors", StateValue.OK);
    aws.pass(Duration.ofMinutes(5));
    aws.world.alarms().set("latency", StateValue.ALARM);
    var changed = aws.world.clock().instant();
    aws.pass(Duration.ofMinutes(5));
    aws.world.alarms().set("latency", StateValue.ALARM);

    var alarms = aws.cloudWatch
        .describeAlarms(each -> each.alarmNames("latency", "gone"))
        .metricAlarms();
    assertThat(alarms).extracting(MetricAlarm::alarmName).containsExactly("latency");
    assertThat(alarms.getFirst().stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarms.getFirst().stateUpdatedTimestamp()).isEqualTo(changed);
    assertThat(aws.face.calls()).containsEntry("cloudwatch:DescribeAlarms", 1);
  }

  @Test
  void pagesAndRefusesLikeAws() {
    IntStream.range(0, 120)
        .forEach(i -> aws.world.alarms().set("alarm-" + i, StateValue.INSUFFICIENT_DATA));
    assertThat(aws.cloudWatch.describeAlarmsPaginator(each -> {}).stream()
            .map(page -> page.metricAlarms().size()))
        .containsExactly(50, 50, 20);
    assertThatThrownBy(() -> aws.cloudWatch.describeAlarms(each -> each.maxRecords(101)))
        .isInstanceOf(CloudWatchException.class)
        .hasMessageContaining("from 1 to 100");
    assertThatThrownBy(() -> aws.cloudWatch.listDashboards())
        .hasMessageContaining("ListDashboards is not available here");
  }

  @Test
  void answersOnLoopback() throws IOException {
    aws.world.alarms().set("latency", StateValue.ALARM);
    try (LoopbackServer server = new LoopbackServer(aws.face, 0);
        CloudWatchClient client = CloudWatchClient.builder()
            .httpClient(Apache5HttpClient.create())
            .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
            .build()) {
      assertThat(client.describeAlarms().metricAlarms())
          .extracting(MetricAlarm::stateValue)
          .containsExactly(StateValue.ALARM);
    }
  }
}
