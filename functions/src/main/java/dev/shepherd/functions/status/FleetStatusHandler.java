package dev.shepherd.functions.status;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.shepherd.functions.aws.AwsClients;
import dev.shepherd.functions.aws.Json;
import dev.shepherd.functions.aws.OnFirstUse;
import dev.shepherd.functions.aws.Rehearsed;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.Telemetry;
import dev.shepherd.functions.aws.Telemetry.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Lambda's way into FleetStatus: says how the fleets stand, as JSON, as text, or as the HTML of a
 * dashboard's widget ({@link StatusRequest}). It writes nothing anywhere, and shows no config's
 * text.
 */
public final class FleetStatusHandler implements Rehearsed {
  private static final String FUNCTION = "FleetStatus";

  private final Settings settings;
  private final InstantSource clock;
  private final StatusObserver observer;

  /** For Lambda: everything from the environment. */
  public FleetStatusHandler() {
    this(System.getenv(), AwsClients.fromEnvironment(), InstantSource.system());
    Rehearsed.beforeSnapshots(this);
  }

  /**
   * For a host of its own: {@code environment} as template.yaml sets it, and how AWS is reached.
   */
  public FleetStatusHandler(
      Map<String, String> environment,
      SdkHttpClient http,
      RetryStrategy retry,
      InstantSource clock) {
    this(environment, new AwsClients(http, retry), clock);
  }

  private FleetStatusHandler(
      Map<String, String> environment, AwsClients clients, InstantSource clock) {
    this.settings = Settings.from(environment);
    this.clock = clock;
    this.observer = new StatusObserver(
        new SdkStatusAws(clients.ecs(), clients.ssm(), new OnFirstUse<>(clients::cloudMap)),
        settings);
  }

  @Override
  public RequestStreamHandler like(
      Map<String, String> environment, AwsClients clients, InstantSource time) {
    return new FleetStatusHandler(environment, clients, time);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Telemetry telemetry =
        new Telemetry(FUNCTION, clock, line -> context.getLogger().log(line + "\n"));
    output.write(answer(input.readAllBytes(), telemetry).getBytes(StandardCharsets.UTF_8));
  }

  private String answer(byte[] event, Telemetry telemetry) {
    StatusRequest request;
    try {
      request = StatusRequest.read(event, settings.names());
    } catch (IllegalArgumentException wrong) {
      return Json.write(Map.of("error", String.valueOf(wrong.getMessage())));
    }
    if (request.describe()) {
      return Json.write(Answer.PARAMETERS);
    }
    StatusView view = observer.look(request.fleet(), clock.instant());
    view.failures()
        .forEach(failure -> telemetry.log(
            Level.WARN,
            "not all could be read",
            failure.subject(),
            "Read",
            failure.reason(),
            false));
    return Answer.to(request, view);
  }
}
