package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.local.world.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

final class VirtualRetriesTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        argumentSet("server error", 500, "InternalFailure", Duration.ofSeconds(1)),
        argumentSet("throttling", 400, "ThrottlingException", Duration.ofSeconds(20)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void waitOnTheVirtualClockOnly(int status, String code, Duration atMost) {
    Instant start = Instant.parse("2026-05-11T09:00:00Z");
    VirtualClock clock = new VirtualClock(start);
    RetryStrategy retries = VirtualRetries.on(clock, new SplittableRandom(1));
    var token =
        retries.acquireInitialToken(AcquireInitialTokenRequest.create("call")).token();

    RefreshRetryTokenResponse again = retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
        .token(token)
        .failure(AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build())
        .build());

    assertThat(again.delay()).isZero();
    assertThat(Duration.between(start, clock.instant())).isPositive().isLessThanOrEqualTo(atMost);
  }
}
