package dev.shepherd.local.scenario;

import dev.shepherd.local.iam.Gate;
import dev.shepherd.local.lambda.CalledFunction;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.lambda.EventFaults;
import dev.shepherd.local.lambda.FunctionHost;
import dev.shepherd.local.lambda.Handlers;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.lambda.Template;
import dev.shepherd.local.lambda.VirtualRetries;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the controller that is under test, in a world: where their calls arrive, what
 * goes wrong on the way there and back, and what runs them.
 */
final class UnderTest {
  private final World world;
  private final AwsFace face;
  private final CallFaults callFaults;
  private final Template stack;
  private final Gate gate;
  private final CallCounts callCounts;
  private @Nullable FunctionHost host;

  /** Nothing runs yet, but the face is there to be watched. */
  UnderTest(World world, Template stack, SplittableRandom seeds) {
    this.world = world;
    this.stack = stack;
    callCounts = new CallCounts(this::caller);
    face = new AwsFace(world).hook(callCounts);
    callFaults = new CallFaults(world, this::caller, new SplittableRandom(seeds.nextLong()));
    gate = new Gate(world, stack.roles(), () -> caller().map(Caller::function));
  }

  /**
   * Starts the stack's functions: from here on they hear events, and their schedules run.
   *
   * @param listener hears of every run when it has ended
   */
  void start(SplittableRandom seeds, Consumer<Invocation> listener) {
    pretendAnAccount();
    host = new FunctionHost(
        stack,
        world.clock(),
        world.events(),
        Handlers.real(
            new InProcessHttpClient(face, world.clock()),
            VirtualRetries.on(world.clock(), seeds.split()),
            world.clock()),
        seeds.split(),
        listener);
  }

  /**
   * The SDK's clients ask for a region and sign what they send, also where nobody checks it;
   * without these they would look for the caller's own.
   */
  private static void pretendAnAccount() {
    System.setProperty("aws.region", Arns.REGION);
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
  }

  /** The run that makes the call of this moment; none before the start. */
  Optional<Caller> caller() {
    return Optional.ofNullable(host).flatMap(FunctionHost::caller);
  }

  /** These rates hold from now on. */
  void inject(FaultRates rates) {
    host().inject(new EventFaults(rates.duplicate(), rates.reorder(), rates.lose(), rates.delay()));
    callFaults.inject(rates);
  }

  /** Where the functions' calls arrive. */
  AwsFace face() {
    return face;
  }

  /** Lets pass what the stack's roles allow. */
  Gate gate() {
    return gate;
  }

  /** A function's attempts so far, by operation. */
  SortedMap<String, Integer> callsOf(String function) {
    return callCounts.of(function);
  }

  CallFaults callFaults() {
    return callFaults;
  }

  FunctionHost host() {
    return Optional.ofNullable(host).orElseThrow();
  }

  /** FleetStatus over this world; its calls take no time in there. */
  CalledFunction fleetStatus(AwsFace calls, SplittableRandom random) {
    return new CalledFunction(
        stack.function("FleetStatus"),
        new InProcessHttpClient(calls, world.clock(), Duration.ZERO),
        VirtualRetries.on(world.clock(), random),
        world.clock());
  }
}
