package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * AWS's own throttling: a bucket of tokens for each group of operations, which every call of the
 * account shares. <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html">ECS</a>
 * tells bursts and refills; <a
 * href="https://docs.aws.amazon.com/general/latest/gr/ssm.html">Parameter Store</a> only rates, so
 * that a second's worth is taken for the burst. What Cloud Map and EventBridge allow for the other
 * operations is not published: those are not limited here.
 */
public final class TokenBuckets implements CallHook {
  private static final class Bucket {
    private final Pattern operations;
    private final int burst;
    private final int refill;
    private double tokens;
    private Instant filled = Instant.MIN;

    Bucket(String operations, int burst, int refill) {
      this.operations = Pattern.compile(operations);
      this.burst = burst;
      this.refill = refill;
    }

    boolean take(Instant now) {
      if (filled.equals(Instant.MIN)) {
        tokens = burst;
      } else {
        double seconds = Duration.between(filled, now).toMillis() / 1000.0;
        tokens = Math.min(burst, tokens + seconds * refill);
      }
      filled = now;
      boolean there = tokens >= 1;
      tokens -= there ? 1 : 0;
      return there;
    }
  }

  private final InstantSource clock;
  private final List<Bucket> buckets = new ArrayList<>();
  private boolean limited;

  public TokenBuckets(InstantSource clock) {
    this.clock = clock;
    bucket("ecs:(Register|Deregister)TaskDefinition", 20, 1);
    bucket("ecs:(Describe|List)TaskDefinition\\w*", 50, 20);
    bucket("ecs:(Create|Delete|Update)Service", 50, 5);
    bucket("ecs:(DescribeServices|ListServices)", 100, 20);
    bucket("ecs:(Describe|List)Service(Deployments|Revisions)", 50, 20);
    bucket("ecs:(RunTask|StartTask|StopTask|(Put|Delete)Attributes)", 100, 40);
    bucket("ecs:(Describe|List)(Tasks|ContainerInstances)", 100, 20);
    bucket("ssm:(GetParameter|GetParameters|GetParametersByPath)", 40, 40);
    bucket(
        "ssm:(PutParameter|(Label|Unlabel)ParameterVersion|GetParameterHistory|DescribeParameters)",
        3,
        3);
    bucket("ssm:DeleteParameters?", 3, 3);
    bucket("servicediscovery:ListInstances", 50, 50);
    bucket("servicediscovery:DiscoverInstances", 2_000, 1_000);
  }

  private void bucket(String operations, int burst, int refill) {
    buckets.add(new Bucket(operations, burst, refill));
  }

  /** Whether the buckets limit the calls from now on. */
  public void limited(boolean limited) {
    this.limited = limited;
  }

  @Override
  public void before(String operation, ObjectNode request) {
    if (!limited) {
      return;
    }
    for (Bucket bucket : buckets) {
      if (bucket.operations.matcher(operation).matches() && !bucket.take(clock.instant())) {
        throw AwsFailure.refused("ThrottlingException", "Rate exceeded");
      }
    }
  }
}
