package dev.shepherd.functions.registration;

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
import dev.shepherd.shared.registration.RegistrationLimits;
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
 * Lambda's way into RegistrationSync: reads what it was called with, has the Cloud Map services
 * reconciled, answers with what was decided. Never fails over an event's text or a single service.
 */
public final class RegistrationSyncHandler implements Rehearsed {
  private static final String FUNCTION = "RegistrationSync";

  /** Of AWS's rates, in percent; ConfigRollout and everybody else have the rest. */
  private static final int SHARE = 25;

  private final Settings settings;
  private final Rates rates;
  private final InstantSource clock;
  private final DomainEvents events;
  private final RegistrationReconciler reconciler;

  /** For Lambda: everything from the environment. */
  public RegistrationSyncHandler() {
    this(System.getenv(), AwsClients.fromEnvironment(), InstantSource.system());
    Rehearsed.beforeSnapshots(this);
  }

  /**
   * For a host of its own: {@code environment} as template.yaml sets it, and how AWS is reached.
   */
  public RegistrationSyncHandler(
      Map<String, String> environment,
      SdkHttpClient http,
      RetryStrategy retry,
      InstantSource clock) {
    this(environment, new AwsClients(http, retry), clock);
  }

  private RegistrationSyncHandler(
      Map<String, String> environment, AwsClients clients, InstantSource clock) {
    this.settings = Settings.from(environment);
    this.clock = clock;
    this.rates = new Rates(clock, SHARE);
    RegistrationAws aws = new SdkRegistrationAws(clients.within(rates));
    this.events = new DomainEvents(aws);
    RegistrationLimits limits = new RegistrationLimits(
        Settings.number(environment, "SHEPHERD_MAX_DEREGISTER_PERCENT", 20),
        Duration.ofSeconds(Settings.number(environment, "SHEPHERD_GRACE_SECONDS", 60)));
    this.reconciler = new RegistrationReconciler(aws, settings, limits, rates, clock);
  }

  @Override
  public RequestStreamHandler like(
      Map<String, String> environment, AwsClients clients, InstantSource time) {
    return new RegistrationSyncHandler(environment, clients, time);
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
