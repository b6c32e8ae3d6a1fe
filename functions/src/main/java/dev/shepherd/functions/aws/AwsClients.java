package dev.shepherd.functions.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The SDK's clients, all over one HTTP client and with one way to retry. */
public record AwsClients(
    EcsClient ecs, SsmClient ssm, EventBridgeClient events, ServiceDiscoveryClient cloudMap) {
  /** Region, credentials and endpoints as Lambda's environment says. */
  public static AwsClients fromEnvironment() {
    return over(
        Apache5HttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(Duration.ofSeconds(10)) // Well within a run's time, retries included.
            .build(),
        DefaultRetryStrategy.standardStrategyBuilder().build());
  }

  /** The same over another HTTP client, with another way to wait between tries. */
  public static AwsClients over(SdkHttpClient http, RetryStrategy retry) {
    return new AwsClients(
        shared(EcsClient.builder(), http, retry)
            .overrideConfiguration(
                client -> client.retryStrategy(retry).addExecutionInterceptor(new RawMembers()))
            .build(),
        shared(SsmClient.builder(), http, retry).build(),
        shared(EventBridgeClient.builder(), http, retry).build(),
        shared(ServiceDiscoveryClient.builder(), http, retry).build());
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B shared(
      B builder, SdkHttpClient http, RetryStrategy retry) {
    return builder.httpClient(http).overrideConfiguration(client -> client.retryStrategy(retry));
  }
}
