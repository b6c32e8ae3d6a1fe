package dev.shepherd.functions.replacement;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.shepherd.functions.aws.AwsClients;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.Json;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.Rehearsed;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.Telemetry;
import dev.shepherd.functions.event.Intake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Lambda's way into TaskReplacement: reads what it was called with, has the fleets' tasks looked
 * after, answers with what was decided. Never fails over an event's text or a single fleet.
 */
public final class TaskReplacementHandler implements Rehearsed {
  private static final String FUNCTION = "TaskReplacement";

  /** Of AWS's rates, in percent; the other functions and everybody else have the rest. */
  private static final int SHARE = 25;

  private final Settings settings;
  private final Rates rates;
  private final InstantSource clock;
  private final DomainEvents events;
  private final ReplacementReconciler reconciler;

  /** For Lambda: everything from the environment. */
  public TaskReplacementHandler() {
    this(System.getenv(), AwsClients.fromEnvironment(), InstantSource.system());
    Rehearsed.beforeSnapshots(this);
  }

  /**
   * For a host of its own: {@code environment} as template.yaml sets it, and how AWS is reached.
   */
  public TaskReplacementHandler(
      Map<String, String> environment,
      SdkHttpClient http,
      RetryStrategy retry,
      InstantSource clock) {
    this(environment, new AwsClients(http, retry), clock);
  }

  private TaskReplacementHandler(
      Map<String, String> environment, AwsClients clients, InstantSource clock) {
    this.settings = Settings.from(environment);
    this.clock = clock;
    this.rates = new Rates(clock, SHARE);
    AwsClients paced = clients.within(rates);
    ReplacementAws aws = new SdkReplacementAws(paced.ecs(), paced.ssm(), paced.events());
    this.events = new DomainEvents(aws);
    this.reconciler = new ReplacementReconciler(aws, settings, rates, clock);
  }

  @Override
  public RequestStreamHandler like(
      Map<String, String> environment, AwsClients clients, InstantSource time) {
    return new TaskReplacementHandler(environment, clients, time);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Telemetry telemetry =
        new Telemetry(FUNCTION, clock, line -> context.getLogger().log(line + "\n"));
    Intake intake = Intake.read(input.readAllBytes(), settings.names());
    Run run = new Run(
        telemetry,
        events,
        intake.dryRun() || settings.dryRun(),
        () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
    rates.begin(run::left);
    reconciler.reconcile(intake, run);
    output.write(Json.write(run.answer()).getBytes(StandardCharsets.UTF_8));
  }
}
