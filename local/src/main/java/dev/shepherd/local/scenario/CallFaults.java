package dev.shepherd.local.scenario;

import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.FailingPages;
import dev.shepherd.local.protocol.Faults;
import dev.shepherd.local.protocol.StaleReads;
import dev.shepherd.local.protocol.TokenBuckets;
import dev.shepherd.local.world.World;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What goes wrong with the functions' calls, each kind with a generator of its own. */
final class CallFaults {
  private final KillSwitch killSwitch;
  private final TokenBuckets buckets;
  private final Faults faults;
  private final FailingPages pages;
  private final StaleReads staleReads;

  CallFaults(World world, Supplier<Optional<Caller>> caller, SplittableRandom seeds) {
    faults = new Faults(seeds.nextLong());
    killSwitch = new KillSwitch(caller, seeds.split());
    pages = new FailingPages(world.clock(), seeds.split());
    staleReads = new StaleReads(world.sight(), seeds.split());
    buckets = new TokenBuckets(world.clock());
  }

  /** Stands between the functions and the world from now on. */
  void hookInto(AwsFace face) {
    face.hook(killSwitch).hook(buckets).hook(faults).hook(pages).hook(staleReads);
  }

  /** These rates hold from now on. */
  void inject(FaultRates rates) {
    killSwitch.rate(rates.killFunction());
    buckets.limited(rates.buckets());
    faults.rates(rates.throttle(), rates.serverError());
    pages.rate(rates.failPage());
    staleReads.rate(rates.staleRead());
  }

  /** This function's nth call from now is its last. */
  void kill(String function, int call) {
    killSwitch.arm(function, call);
  }
}
