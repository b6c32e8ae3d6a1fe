package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.shepherd.functions.registration.RegistrationSyncHandler;
import dev.shepherd.functions.replacement.TaskReplacementHandler;
import dev.shepherd.functions.rollout.ConfigRolloutHandler;
import dev.shepherd.functions.status.FleetStatusHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.crac.Core;
import org.junit.jupiter.api.Test;
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
            List.of("Adopt", "Done")),
        argumentSet(
            "TaskReplacement",
            (Maker) (http, clock) -> new TaskReplacementHandler(
                environment, http, DefaultRetryStrategy.doNotRetry(), clock),
            List.of("Well", "Well")),
        argumentSet(
            "RegistrationSync",
            (Maker) (http, clock) -> new RegistrationSyncHandler(
                environment, http, DefaultRetryStrategy.doNotRetry(), clock),
            List.of("\"decisions\":[]", "\"decisions\":[]")),
        argumentSet(
            "FleetStatus",
            (Maker) (http, clock) ->
                new FleetStatusHandler(environment, http, DefaultRetryStrategy.doNotRetry(), clock),
            List.of("\"decision\":\"Adopt\"", "\"decision\":\"Done\"")));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void goesTheWholePathOfAFirstSightAndOfQuietLooks(Maker maker, List<String> decisions)
      throws IOException {
    Rehearsed handler = maker.make(new Unreachable(new ArrayList<>()), () -> Instant.EPOCH);

    List<String> answers = Rehearsal.play(handler, Duration.ofMinutes(10));

    assertThat(answers).hasSize(1 + Rehearsal.QUIET_LOOKS);
    assertThat(answers).allSatisfy(answer -> assertThat(answer).contains("\"failures\":[]"));
    assertThat(answers.getFirst()).contains(decisions.getFirst());
    assertThat(answers.subList(1, answers.size()))
        .allSatisfy(answer -> assertThat(answer).contains(decisions.getLast()));
  }

  @Test
  void beginsNothingWhenItsTimeIsUp() throws IOException {
    Rehearsed handler = new TaskReplacementHandler(
        Map.of("SHEPHERD_CLUSTERS", "prod"),
        new Unreachable(new ArrayList<>()),
        DefaultRetryStrategy.doNotRetry(),
        () -> Instant.EPOCH);

    assertThat(Rehearsal.play(handler, Duration.ZERO)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void leavesTheHandlerItselfAsItWasMade(Maker maker, List<String> decisions) throws Exception {
    List<String> used = new ArrayList<>();
    InstantSource clock = () -> {
      used.add("clock");
      return Instant.EPOCH;
    };
    Rehearsed handler = maker.make(new Unreachable(used), clock);

    handler.beforeCheckpoint(Core.getGlobalContext());
    handler.afterRestore(Core.getGlobalContext());

    assertThat(used).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals(RehearsalServer.THREAD));
  }

  @Test
  void aHandlerThatCannotBeRehearsedStartsAllTheSame() {
    Rehearsed broken = new Rehearsed() {
      @Override
      public RequestStreamHandler like(
          Map<String, String> environment, AwsClients clients, InstantSource clock) {
        throw new IllegalStateException("cannot be made");
      }

      @Override
      public void handleRequest(InputStream input, OutputStream output, Context context) {}
    };

    assertThatCode(() -> broken.beforeCheckpoint(Core.getGlobalContext()))
        .doesNotThrowAnyException();
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
