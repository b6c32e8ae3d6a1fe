package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.Sight;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Shows some readers of ECS and Cloud Map the world of up to 30 seconds ago. Parameter Store is
 * never stale.
 */
public final class StaleReads implements CallHook {
  private static final Pattern READS =
      Pattern.compile("(ecs|servicediscovery):(List|Describe|Get|Discover)\\w+");

  private final Sight sight;
  private final SplittableRandom random;
  private double rate;

  public StaleReads(Sight sight, SplittableRandom random) {
    this.sight = sight;
    this.random = random;
  }

  /** The share of reads that are stale from now on, from 0 to 1. */
  public void rate(double rate) {
    this.rate = rate;
    if (rate > 0) {
      sight.remember();
    }
  }

  @Override
  public void before(String operation, ObjectNode request) {
    if (rate > 0 && READS.matcher(operation).matches() && random.nextDouble() < rate) {
      sight.lookBack(Duration.ofMillis(random.nextLong(Sight.LONGEST.toMillis() + 1)));
    }
  }

  @Override
  public void ended() {
    sight.lookNow();
  }
}
