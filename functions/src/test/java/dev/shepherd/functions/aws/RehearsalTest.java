package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.functions.registration.RegistrationSyncHandler;
import dev.shepherd.functions.replacement.TaskReplacementHandler;
import dev.shepherd.functions.rollout.ConfigRolloutHandler;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.crac.Core;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

final class RehearsalTest {
  interface Maker {
    Rehearsed make(SdkHttpClient http, InstantSource clock);
  }

  static Stream<Arguments> handlers() {
    Map<String, String> environment = Map.of("SHEPHERD_CLUSTERS", "prod");
    return Stream.of(
        argumentSet(
            "ConfigRollout",
            (Maker) (http, clock) -> new ConfigRolloutHandler(
                environment, http, DefaultRetryStrategy.doNotRetry(), clock),
            "Adopt"),
        argumentSet(
            "TaskReplacement",
            (Maker) (http, clock) -> new TaskReplacementHandler(
                environment, http, DefaultRetryStrategy.doNotRetry(), clock),
            "Well"),
        argumentSet(
            "RegistrationSync",
            (Maker) (http, clock) -> new RegistrationSyncHandler(
                environment, http, DefaultRetryStrategy.doNotRetry(), clock),
            "\"decisions\":[]"));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void goesTheWholePath(Maker maker, String decision) throws IOException {
    Rehearsed handler = maker.make(new Unreachable(new ArrayList<>()), () -> Instant.EPOCH);

    assertThat(Rehearsal.play(handler)).contains("\"failures\":[]", decision);
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void leavesTheHandlerItselfAsItWasMade(Maker maker, String decision) throws Exception {
    List<String> used = new ArrayList<>();
    InstantSource clock = () -> {
      used.add("clock");
      return Instant.EPOCH;
    };
    Rehearsed handler = maker.make(new Unreachable(used), clock);

    handler.beforeCheckpoint(Core.getGlobalContext());
    handler.afterRestore(Core.getGlobalContext());

    assertThat(used).isEmpty();
  }

  /** Notes that it was asked. */
  private record Unreachable(List<String> used) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      used.add("network");
      throw new IllegalStateException("no network here");
    }

    @Override
    public void close() {}
  }
}
