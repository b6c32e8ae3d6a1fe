package dev.shepherd.local.lambda;

import dev.shepherd.local.world.VirtualClock;
import java.time.Duration;
import java.util.SplittableRandom;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** The SDK's standard retries without wall time: their delay passes on the virtual clock. */
public final class VirtualRetries {
  private static final Duration BASE = Duration.ofMillis(100);
  private static final Duration THROTTLED_BASE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private VirtualRetries() {}

  /** Exponential back-off with full jitter, drawn from {@code random}, as the SDK's own. */
  public static RetryStrategy on(VirtualClock clock, SplittableRandom random) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .backoffStrategy(passing(clock, random, BASE))
        .throttlingBackoffStrategy(passing(clock, random, THROTTLED_BASE))
        .build();
  }

  private static BackoffStrategy passing(
      VirtualClock clock, SplittableRandom random, Duration base) {
    return attempt -> {
      long longest = Math.min(LONGEST.toMillis(), base.toMillis() << Math.min(attempt, 10));
      clock.pass(Duration.ofMillis(random.nextLong(longest + 1)));
      return Duration.ZERO;
    };
  }
}
