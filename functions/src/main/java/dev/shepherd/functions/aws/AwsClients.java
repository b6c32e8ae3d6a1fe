package dev.shepherd.functions.aws;

import dev.shepherd.functions.aws.ec2.Ec2Calls;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The SDK's clients, all over one HTTP client and with one way to retry. Each is built when it is
 * asked for: a function pays at its cold start for those that it uses.
 *
 * @param identity in whose name; absent for the one that the environment names
 * @param endpoint where they all call; absent for AWS's own
 */
public record AwsClients(
    SdkHttpClient http,
    RetryStrategy retry,
    List<ExecutionInterceptor> interceptors,
    Optional<AwsCredentialsProvider> identity,
    Optional<URI> endpoint) {
  public AwsClients {
    interceptors = List.copyOf(interceptors);
  }

  /**
   * Without anything around their calls, and unsigned: {@code http} answers in this process, where
   * nobody checks a signature, and signing would be a tenth of what a simulated call costs.
   */
  public AwsClients(SdkHttpClient http, RetryStrategy retry) {
    this(
        http,
        retry,
        List.of(),
        Optional.of(AnonymousCredentialsProvider.create()),
        Optional.empty());
  }

  /** The same, kept to these rates. */
  public AwsClients within(Rates rates) {
    return new AwsClients(http, retry, List.of(rates), identity, endpoint);
  }

  /**
   * Region, credentials and endpoints as Lambda's environment says. {@code SHEPHERD_ENDPOINT_URL}
   * is empty but for {@code sam local}, which hands on no variable that the template does not name.
   */
  public static AwsClients fromEnvironment() {
    return new AwsClients(
        newHttp(),
        DefaultRetryStrategy.standardStrategyBuilder().build(),
        List.of(),
        Optional.of(ofLambda()),
        Optional.ofNullable(System.getenv("SHEPHERD_ENDPOINT_URL"))
            .filter(url -> !url.isEmpty())
            .map(URI::create));
  }

  /**
   * The function's role, where <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda</a> has
   * it: in the environment, or behind the address that a function with SnapStart finds there. It is
   * asked for on first use. The SDK's own chain also looks for profiles and for a machine's role,
   * whose classes a cold start would load for nothing.
   */
  private static AwsCredentialsProvider ofLambda() {
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(),
        ContainerCredentialsProvider.builder().build());
  }

  /** A new HTTP client. */
  static SdkHttpClient newHttp() {
    return Apache5HttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(2))
        .socketTimeout(Duration.ofSeconds(10)) // Well within a run's time, retries included.
        .build();
  }

  /** A new client of ECS. */
  public EcsClient ecs() {
    return shared(EcsClient.builder())
        .overrideConfiguration(client -> around(client).addExecutionInterceptor(new RawMembers()))
        .build();
  }

  /** A new client of Parameter Store. */
  public SsmClient ssm() {
    return shared(SsmClient.builder()).build();
  }

  /** A new client of EventBridge. */
  public EventBridgeClient events() {
    return shared(EventBridgeClient.builder()).build();
  }

  /** A new client of CloudWatch. */
  public CloudWatchClient cloudWatch() {
    return shared(CloudWatchClient.builder()).build();
  }

  /** A new client of Cloud Map. */
  public ServiceDiscoveryClient cloudMap() {
    return shared(ServiceDiscoveryClient.builder()).build();
  }

  /** A new caller of EC2. */
  public Ec2Calls ec2() {
    return new Ec2Calls(http);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B shared(B builder) {
    identity.ifPresent(builder::credentialsProvider);
    endpoint.ifPresent(builder::endpointOverride);
    return builder.httpClient(http).overrideConfiguration(client -> around(client));
  }

  private ClientOverrideConfiguration.Builder around(ClientOverrideConfiguration.Builder client) {
    interceptors.forEach(client::addExecutionInterceptor);
    return client.retryStrategy(retry);
  }
}
