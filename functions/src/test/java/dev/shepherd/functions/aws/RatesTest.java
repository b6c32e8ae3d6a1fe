package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The real SDK's calls, kept to a share. */
class RatesTest {
  private static final int HALF = 50;

  private final Time time = new Time();
  private final Rates rates = new Rates(time, HALF);
  private int answered;

  /** A clock that stands still until somebody waits. */
  private static final class Time implements PassingTime {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void pass(Duration duration) {
      now = now.plus(duration);
    }

    Duration passed() {
      return Duration.between(Instant.EPOCH, now);
    }
  }

  private final SdkHttpClient http = new SdkHttpClient() {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          answered++;
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  };

  private EcsClient ecs() {
    return EcsClient.builder()
        .httpClient(http)
        .region(Region.EU_WEST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(client ->
            client.retryStrategy(DefaultRetryStrategy.doNotRetry()).addExecutionInterceptor(rates))
        .build();
  }

  private SsmClient ssm() {
    return SsmClient.builder()
        .httpClient(http)
        .region(Region.EU_WEST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(client ->
            client.retryStrategy(DefaultRetryStrategy.doNotRetry()).addExecutionInterceptor(rates))
        .build();
  }

  @Test
  void spendsItsShareOfTheBurstAndThenWaitsForEachToken() {
    rates.begin(() -> Duration.ofSeconds(50));
    EcsClient ecs = ecs();
    for (int call = 0; call < 10; call++) {
      ecs.registerTaskDefinition(request -> request.family("a"));
    }
    assertThat(time.passed()).as("half of AWS's burst of 20").isZero();
    ecs.registerTaskDefinition(request -> request.family("a"));
    assertThat(time.passed()).as("half of AWS's 1 per second").isEqualTo(Duration.ofSeconds(2));
    ecs.deregisterTaskDefinition(request -> request.taskDefinition("a:1"));
    assertThat(time.passed()).as("the same bucket").isEqualTo(Duration.ofSeconds(4));
    ecs.updateService(request -> request.service("a"));
    assertThat(time.passed()).as("another one").isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void affordsWhatItsTimeBrings() {
    rates.begin(() -> Duration.ofSeconds(50).minus(time.passed()));
    assertThat(rates.affords(Rate.DEFINITION_WRITES)).isEqualTo(10 + 25);
    assertThat(rates.affords(Rate.PARAMETER_WRITES)).isEqualTo(1 + 75);
    time.pass(Duration.ofSeconds(50));
    assertThat(rates.affords(Rate.SERVICE_WRITES)).isZero();
  }

  @Test
  void givesUpAReadForWhichThereIsNoTimeButNoAct() {
    rates.begin(() -> Duration.ofSeconds(-6));
    EcsClient ecs = ecs();
    assertThatThrownBy(() -> ecs.listServices(request -> request.cluster("a")))
        .isInstanceOf(AllowanceSpent.class)
        .isNotInstanceOf(SdkException.class)
        .hasMessageContaining("ListServices");
    assertThat(answered).isZero();
    ssm().putParameter(request -> request.name("a").value("b"));
    ssm().putParameter(request -> request.name("a").value("b"));
    assertThat(answered).isEqualTo(2);
    assertThat(time.passed()).as("1.5 at once, 1.5 a second").isEqualTo(Duration.ofMillis(334));
  }

  @Test
  void namesEachOperationThatThePortsCallWithAPublishedRate() {
    assertThat(Rate.of("PutEvents")).isEmpty();
    assertThat(Rate.of("ListTagsForResource")).as("not published").isEmpty();
    assertThat(Rate.of("DescribeParameters")).isEqualTo(Rate.of("PutParameter"));
  }
}
