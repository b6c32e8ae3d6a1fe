package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.List;
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

  /** Tasks of one cluster are described together. */
  @Test
  void countsOneServiceAfterAnother() {
    TaskCalls sum = new TaskCalls();
    assertThat(sum.with(new ServiceName("a", "one"), 40)).isEqualTo(2);
    assertThat(sum.with(new ServiceName("a", "two"), 60)).isEqualTo(3);
    assertThat(sum.with(new ServiceName("b", "one"), 1)).isEqualTo(5);
    assertThat(sum.with(new ServiceName("a", "none"), 0)).isEqualTo(6);
  }
}
