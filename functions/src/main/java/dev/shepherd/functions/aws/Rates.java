package dev.shepherd.functions.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Keeps a function to its share of AWS's {@link Rate}s, so that neither it nor anybody else in the
 * account is throttled for its sake. Every attempt of every call, retries too, takes a token and
 * waits for one where there is none.
 *
 * <p>What a run may still spend is what its share comes to until its time is up. An act asks
 * {@link #affords} before it begins, and is not broken off then; a read for which the time would
 * not suffice throws {@link AllowanceSpent}. A new instance of the function begins with full
 * buckets, which are its share of the account's burst.
 */
public final class Rates implements ExecutionInterceptor {
  /** What an act may run over by when it was affordable as it began. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** A read may be given up; an act, once begun, is carried out. */
  private static final Pattern READ = Pattern.compile("Describe|Get|List");

  private final InstantSource clock;
  private final int percent;
  private final Map<Rate, Bucket> buckets = new EnumMap<>(Rate.class);
  private Supplier<Duration> left = () -> Duration.ZERO;

  private final class Bucket {
    private final Rate rate;
    private double tokens;
    private Instant filled;

    Bucket(Rate rate) {
      this.rate = rate;
      tokens = rate.burst(percent);
      filled = clock.instant();
    }

    /** What it holds now; less than nothing where a retry has taken more. */
    double fill() {
      Instant now = clock.instant();
      double more = Duration.between(filled, now).toMillis() / 1000.0 * rate.perSecond(percent);
      tokens = Math.min(rate.burst(percent), tokens + Math.max(0, more));
      filled = now;
      return tokens;
    }

    Duration untilNext() {
      double missing = 1 - fill();
      return missing <= 0
          ? Duration.ZERO
          : Duration.ofMillis((long) Math.ceil(missing * 1000 / rate.perSecond(percent)));
    }
  }

  /** @param percent the function's share of each rate, 1–100 */
  public Rates(InstantSource clock, int percent) {
    this.clock = clock;
    this.percent = percent;
  }

  /** A run begins; {@code left} is the time that it may still begin something in. */
  public void begin(Supplier<Duration> left) {
    this.left = left;
  }

  /** How many calls of this rate the run can still make. */
  public int affords(Rate rate) {
    double seconds = left.get().toMillis() / 1000.0;
    return seconds <= 0
        ? 0
        : (int) Math.max(0, bucket(rate).fill() + seconds * rate.perSecond(percent));
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    Rate.of(operation).filter(_ -> READ.matcher(operation).lookingAt()).ifPresent(rate -> {
      if (bucket(rate).untilNext().compareTo(left.get().plus(SLACK)) > 0) {
        throw new AllowanceSpent("this run's time, or its allowance of " + rate + ", is spent");
      }
    });
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Rate.of(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
        .map(this::bucket)
        .ifPresent(bucket -> {
          pause(bucket.untilNext());
          bucket.fill();
          bucket.tokens--;
        });
  }

  private Bucket bucket(Rate rate) {
    return buckets.computeIfAbsent(rate, Bucket::new);
  }

  private void pause(Duration duration) {
    if (!duration.isPositive()) {
      return;
    }
    PassingTime.pause(clock, duration);
    if (Thread.currentThread().isInterrupted()) {
      throw new AllowanceSpent("the run was interrupted");
    }
  }
}
