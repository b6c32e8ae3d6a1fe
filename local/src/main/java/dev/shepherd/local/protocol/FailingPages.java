package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Makes pages of listings fail. A page that fails does so for a while, so that the SDK's retries do
 * not hide it: the listing stays incomplete.
 */
public final class FailingPages implements CallHook {
  private static final Duration FAILING = Duration.ofSeconds(30);
  private static final Pattern PAGED = Pattern.compile(
      "\\w+:List\\w+|ssm:(DescribeParameters|GetParameterHistory|GetParametersByPath)"
          + "|cloudwatch:DescribeAlarms|servicediscovery:GetInstancesHealthStatus");

  private final InstantSource clock;
  private final SplittableRandom random;
  private final Map<String, Instant> failingUntil = new HashMap<>();
  private double rate;

  public FailingPages(InstantSource clock, SplittableRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** The share of pages that fail from now on, from 0 to 1. */
  public void rate(double rate) {
    this.rate = rate;
    if (rate == 0) {
      failingUntil.clear();
    }
  }

  @Override
  public void before(String operation, ObjectNode request) {
    if (rate == 0 || !PAGED.matcher(operation).matches()) {
      return;
    }
    Instant now = clock.instant();
    failingUntil.values().removeIf(end -> !end.isAfter(now));
    String page = operation + request;
    if (failingUntil.containsKey(page) || random.nextDouble() < rate) {
      failingUntil.putIfAbsent(page, now.plus(FAILING));
      throw AwsFailure.server("InternalServerError", "An internal error occurred.");
    }
  }
}
