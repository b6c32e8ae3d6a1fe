package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.iam.Gate;
import dev.shepherd.local.invariant.Invariants;
import dev.shepherd.local.invariant.Terms;
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
import dev.shepherd.local.world.VirtualClock;
import dev.shepherd.local.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A scenario's world with the real functions in it, on a virtual clock: the same scenario and seed
 * do the same, byte for byte. Not for two threads at once.
 *
 * <p>Every chance comes from the scenario's seed, one generator for each purpose, so that more of
 * one thing does not change another.
 */
public final class Simulation {
  private static final int ENTRIES_KEPT = 100_000;

  /** Some looks of every schedule. */
  private static final Duration REST = Duration.ofMinutes(16);

  private final Scenario scenario;
  private final Instant start;
  private final Controller controller;
  private final VirtualClock clock;
  private final World world;
  private final AwsFace functionsFace;
  private final CallFaults callFaults;
  private final Template stack;
  private final FunctionHost host;
  private final Timeline timeline;
  private final Observer observer;
  private final Gate gate;
  private final Standings standings;
  private final Measures measures;
  private final Writes writes;
  private final CallCounts callCounts;
  private final Restarts restarts;
  private final Invariants invariants;
  private Consumer<Invocation> listener = _ -> {};

  /**
   * Builds the world at {@code start} and plans the steps; no time has passed yet.
   *
   * @param template the stack, {@code template.yaml}
   * @throws IOException when the template cannot be read
   * @throws ScenarioError when the stack does not know a limit of the scenario
   */
  public Simulation(Scenario scenario, Path template, Instant start) throws IOException {
    this(scenario, template, start, Controller.SHEPHERD);
  }

  /**
   * As above, under another controller.
   *
   * @throws IOException when the template cannot be read
   * @throws ScenarioError when the stack does not know a limit of the scenario
   */
  public Simulation(Scenario scenario, Path template, Instant start, Controller controller)
      throws IOException {
    this.scenario = scenario;
    this.controller = controller;
    this.start = start;
    SplittableRandom seeds = new SplittableRandom(scenario.seed());
    world = new World(seeds.nextLong(), start);
    clock = world.clock();
    timeline = new Timeline(clock, ENTRIES_KEPT);
    standings = new Standings(world, controller, scenario);
    restarts = new Restarts(world);
    functionsFace = new AwsFace(world);
    callFaults = new CallFaults(world, this::caller, new SplittableRandom(seeds.nextLong()));
    observer =
        new Observer(timeline, configs(), world.parameters(), world.cloudMap(), this::caller);
    measures = new Measures(world, standings, scenario.fleets());
    writes = new Writes(this::caller, measures::stopped);
    stack = controller.stack(template, scenario);
    gate = new Gate(world, stack.roles(), () -> caller().map(Caller::function));
    callCounts = new CallCounts(this::caller);
    functionsFace.hook(callCounts).hook(observer).hook(gate).hook(writes);
    invariants = new Invariants(world, terms(), this::caller);
    if (controller == Controller.SHEPHERD) {
      invariants.watch(functionsFace, callFaults::hookInto);
    } else {
      callFaults.hookInto(functionsFace);
    }

    Stage stage = new Stage(world, scenario);
    StepPlayer player = player(stage, new Random(seeds.nextLong()));
    for (PlannedStep step : scenario.steps()) {
      clock.at(start.plus(step.at()), () -> player.play(step.step()));
    }
    world.events().subscribe(observer::event);
    world.events().subscribe(restarts::event);
    boolean early = controller == Controller.SHEPHERD; // It learns of fleets that are created.
    if (!early) {
      stage.build();
    }
    host = host(seeds);
    inject(scenario.faults());
    timeline.step("", opening());
    if (early) {
      stage.build();
    }
    measures.start(clock);
  }

  private StepPlayer player(Stage stage, Random random) {
    return new StepPlayer(
        timeline,
        new OperatorSteps(world, stage, timeline),
        new TaskSteps(world, stage, timeline, random, restarts),
        new RegistrationSteps(world, timeline, random),
        () -> inject(FaultRates.NONE),
        callFaults::kill);
  }

  private String opening() {
    List<ServiceSpec> services =
        scenario.fleets().stream().flatMap(fleet -> fleet.services().stream()).toList();
    return "%d fleets are created, with %d services and %d tasks"
        .formatted(
            scenario.fleets().size(),
            services.size(),
            services.stream().mapToInt(ServiceSpec::tasks).sum());
  }

  private FunctionHost host(SplittableRandom seeds) {
    pretendAnAccount();
    return new FunctionHost(
        stack,
        clock,
        world.events(),
        Handlers.real(
            new InProcessHttpClient(functionsFace, clock),
            VirtualRetries.on(clock, seeds.split()),
            clock),
        seeds.split(),
        this::ended);
  }

  private void ended(Invocation run) {
    observer.ended(run);
    listener.accept(run);
    if (controller == Controller.SHEPHERD) {
      invariants.ended(run);
    }
  }

  private Terms terms() {
    return new Terms(
        configs(),
        scenario.policy().percent("canaryPercent", 25),
        scenario.policy().percent("maxUnavailablePercent", 10),
        scenario.policy().percent("maxDeregisterPercent", 20));
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

  private List<String> configs() {
    return scenario.fleets().stream().map(FleetSpec::config).toList();
  }

  private Optional<Caller> caller() {
    return host.caller();
  }

  private void inject(FaultRates rates) {
    host.inject(new EventFaults(rates.duplicate(), rates.reorder(), rates.lose(), rates.delay()));
    callFaults.inject(rates);
  }

  /** Notes from now on how the fleets stand over time; asked for before the run begins. */
  public Recording record() {
    Recording recording = new Recording(world, scenario, standings, measures);
    recording.start(clock);
    return recording;
  }

  /** Lets time pass up to this point after the start. */
  void runTo(Duration time) {
    runTo(start.plus(time));
  }

  /** Lets time pass up to this moment. */
  public void runTo(Instant time) {
    clock.runTo(time);
  }

  /** What time it is in there. */
  public Instant now() {
    return clock.instant();
  }

  /** Plays to the scenario's end. */
  public Report run() {
    runTo(scenario.duration());
    if (controller == Controller.SHEPHERD && scenario.endsInPeace()) {
      invariants.atRest(report().converged());
    }
    return report();
  }

  /**
   * Plays to the scenario's end, or until some time after the last step in which every fleet has
   * been at rest: what has come to rest without faults stays there.
   */
  public Report runToRest() {
    Duration last =
        scenario.steps().isEmpty() ? Duration.ZERO : scenario.steps().getLast().at();
    for (Duration time = last.plus(REST);
        time.compareTo(scenario.duration()) < 0;
        time = time.plus(REST)) {
      runTo(time);
      Report report = report();
      boolean rests = report
          .convergedAt()
          .filter(since -> since.compareTo(Duration.between(start, now()).minus(REST)) <= 0)
          .isPresent();
      if (rests && report.fleets().stream().allMatch(fleet -> fleet.phase().equals("idle"))) {
        if (controller == Controller.SHEPHERD) {
          invariants.atRest(true);
        }
        return report();
      }
    }
    return run();
  }

  /** How things stand now. */
  public Report report() {
    List<FleetReport> fleets = scenario.fleets().stream()
        .map(
            fleet -> standings.of(fleet).maxShareOnUnpromoted(measures.maxShareOnUnpromoted(fleet)))
        .toList();
    boolean converged = standings.converged(scenario.fleets()) && areWritesOver();
    Optional<Instant> since = measures.convergedSince().filter(_ -> converged);
    return new Report(
        scenario.name(),
        scenario.seed(),
        controller.toString(),
        converged,
        since.map(time -> Duration.between(start, time)),
        fleets,
        measures.taskMinutes(),
        restarts.count(),
        new TreeMap<>(functionsFace.calls()),
        functionsFace.throttled(),
        new TreeMap<>(host.invocations()),
        verdict(),
        timeline.entries());
  }

  /** Another controller has no schedule whose next runs could write nothing. */
  private boolean areWritesOver() {
    return switch (controller) {
      case SHEPHERD -> writes.areOver(host.invocations());
      case REDEPLOY, NONE -> true;
    };
  }

  /** A function's AWS calls so far, by operation, retries included. */
  public SortedMap<String, Integer> callsOf(String function) {
    return callCounts.of(function);
  }

  /** Messages on their way to the functions, those that are being handled included. */
  public int messagesWaiting() {
    return host.messagesWaiting();
  }

  /** What was held against the invariants so far. */
  Verdict verdict() {
    return new Verdict(invariants.checked(), invariants.violations());
  }

  /** Hears of every run from now on when it has ended. */
  void listen(Consumer<Invocation> listener) {
    this.listener = listener;
  }

  /** The calls that the template's roles did not allow: a template that fits the code has none. */
  List<String> refusals() {
    return gate.refusals();
  }

  /** What happened last, the newest timeline entries first, for a live page. */
  public ObjectNode news(int entries) {
    return new LiveStatus(timeline).of(clock.instant(), entries);
  }

  /** FleetStatus over this world; it takes no time in there, and its calls are not counted. */
  public CalledFunction fleetStatus() {
    return fleetStatus(new AwsFace(world));
  }

  CalledFunction fleetStatus(AwsFace face) {
    return new CalledFunction(
        stack.function("FleetStatus"),
        new InProcessHttpClient(face, clock, Duration.ZERO),
        VirtualRetries.on(clock, new SplittableRandom(scenario.seed())),
        clock);
  }

  /** The nth AWS call of this function from now is its last in that run. */
  void kill(String function, int call) {
    callFaults.kill(function, call);
  }

  /** Where the functions' calls arrive. */
  AwsFace face() {
    return functionsFace;
  }

  /** What calls the functions. */
  FunctionHost host() {
    return host;
  }

  public World world() {
    return world;
  }
}
