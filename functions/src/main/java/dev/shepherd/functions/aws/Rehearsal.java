package dev.shepherd.functions.aws;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * Scheduled looks, dry, at a fleet of one service that is made up ({@link RehearsalAnswers}): the
 * whole path of a handler, from the event through planner, SDK and HTTP client to the answer, with
 * an identity that is made up and a clock of its own. First the fleet is new; then it is quiet, as
 * most looks find theirs, as often as it takes to have the code warm.
 *
 * <p>It writes nothing. It reaches nobody but {@link RehearsalServer}, whatever it calls, for each
 * request's address is replaced. It ends by itself, in a time that is bounded. All of it, clients,
 * connections and server, is closed and thrown away.
 */
final class Rehearsal {
  /** More warm what most looks do only a little further (docs/performance.md). */
  static final int QUIET_LOOKS = 20;

  /**
   * No look begins later, nor a subject of a look. Lambda gives a function with SnapStart <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">130
   * seconds</a> to start in.
   */
  static final Duration LIMIT = Duration.ofSeconds(5);

  /** As the schedule has it. */
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHEPHERD_CLUSTERS", "rehearsal", "SHEPHERD_DRY_RUN", "true");

  private final Rehearsed handler;
  private final Duration limit;
  private final long begun = System.nanoTime();
  private final List<String> answers = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private Rehearsal(Rehearsed handler, Duration limit) {
    this.handler = handler;
    this.limit = limit;
  }

  /**
   * Plays it, and returns what the handler's doubles answered, look by look.
   *
   * @param limit no look begins later
   */
  static List<String> play(Rehearsed handler, Duration limit) throws IOException {
    Rehearsal rehearsal = new Rehearsal(handler, limit);
    rehearsal.look(1, new RehearsalAnswers(false));
    rehearsal.look(QUIET_LOOKS, new RehearsalAnswers(true));
    return List.copyOf(rehearsal.answers);
  }

  /** One double looks so often, while there is time. */
  private void look(int times, RehearsalAnswers world) throws IOException {
    try (RehearsalServer server = new RehearsalServer(world::to);
        SdkHttpClient http = AwsClients.newHttp()) {
      AwsClients clients = new AwsClients(
          new Redirected(http, server.port()),
          DefaultRetryStrategy.doNotRetry(),
          List.of(),
          Optional.of(StaticCredentialsProvider.create(
              AwsBasicCredentials.create("rehearsal", "rehearsal"))),
          Optional.empty());
      RequestStreamHandler twin = handler.like(ENVIRONMENT, clients, () -> now);
      for (int i = 0; i < times && left().isPositive(); i++) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        twin.handleRequest(
            new ByteArrayInputStream(event()),
            answer,
            new RehearsalContext(() -> left().plus(Run.RESERVE)));
        answers.add(answer.toString(StandardCharsets.UTF_8));
        now = now.plus(BETWEEN);
      }
    }
  }

  private Duration left() {
    return limit.minusNanos(System.nanoTime() - begun);
  }

  /** The schedule's, as the queue hands it over; FleetStatus takes it for a question after all. */
  private byte[] event() {
    return """
        {"Records": [{"messageId": "1", "body": "{\\"source\\": \\"aws.events\\",\
         \\"detail-type\\": \\"Scheduled Event\\", \\"time\\": \\"%s\\", \\"detail\\": {}}"}]}
        """.formatted(now).getBytes(StandardCharsets.UTF_8);
  }

  /** The function's own HTTP client, with the server's address in place of each request's. */
  private record Redirected(SdkHttpClient http, int port) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return http.prepareRequest(HttpExecuteRequest.builder()
          .request(request.httpRequest().toBuilder()
              .protocol("http")
              .host("127.0.0.1")
              .port(port)
              .build())
          .contentStreamProvider(request.contentStreamProvider().orElse(null))
          .metricCollector(request.metricCollector().orElse(null))
          .build());
    }

    @Override
    public void close() {} // Whoever made the other one closes it.
  }
}
