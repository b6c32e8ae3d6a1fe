package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskCallsTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "100, 2", "101, 4", "5000, 100"})
  void countsAllOfAClusterTogether(int tasks, int calls) {
    assertThat(TaskCalls.together(tasks)).isEqualTo(calls);
  }

  @Test
  void countsServiceByService() {
    assertThat(TaskCalls.byService(List.of())).isZero();
    assertThat(TaskCalls.byService(List.of(0))).isEqualTo(1);
    assertThat(TaskCalls.byService(List.of(40, 40, 101))).isEqualTo(4 + 2);
  }

  /** Tasks of one cluster are described together; what does not fit is passed over. */
  @Test
  void countsOneServiceAfterAnother() {
    TaskCalls sum = new TaskCalls();
    assertThat(sum.fit(2, tasks("a", "one", 40))).isTrue();
    assertThat(sum.fit(3, tasks("a", "two", 60))).isTrue();
    assertThat(sum.fit(4, tasks("a", "large", 5_000))).isFalse();
    assertThat(sum.fit(4, tasks("b", "one", 1))).isFalse();
    assertThat(sum.fit(5, tasks("b", "one", 1))).isTrue();
    assertThat(sum.fit(6, tasks("a", "none", 0))).isTrue();
  }

  private static Map<ServiceName, Integer> tasks(String cluster, String service, int tasks) {
    return Map.of(new ServiceName(cluster, service), tasks);
  }
}
