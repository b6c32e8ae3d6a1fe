package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.invariant.Invariants;
import dev.shepherd.local.invariant.Terms;
import dev.shepherd.local.lambda.CalledFunction;
import dev.shepherd.local.lambda.FunctionHost;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.protocol.AwsFace;
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
// Over 200 lines: it wires a run; what it wires, and what it asks of it, stands in other classes.
public final class Simulation {
  private static final int ENTRIES_KEPT = 100_000;

  /** Some looks of every schedule. */
  private static final Duration REST = Duration.ofMinutes(16);

  private static final Duration LOOK_FOR_REST = Duration.ofMinutes(2);

  private final Scenario scenario;
  private final Instant start;
  private final Controller controller;
  private final VirtualClock clock;
  private final World world;
  private final UnderTest functions;
  private final Timeline timeline;
  private final Observer observer;
  private final Standings standings;
  private final Measures measures;
  private final Writes writes;
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
    functions = new UnderTest(world, controller.stack(template, scenario), seeds);
    observer =
        new Observer(timeline, configs(), world.parameters(), world.cloudMap(), functions::caller);
    measures = new Measures(world, standings, scenario.fleets());
    writes = new Writes(functions::caller, measures::stopped);
    functions.face().hook(observer).hook(functions.gate()).hook(writes);
    invariants = new Invariants(world, terms(), functions::caller);
    if (controller == Controller.SHEPHERD) {
      invariants.watch(functions.face(), functions.callFaults()::hookInto);
    } else {
      functions.callFaults().hookInto(functions.face());
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
    functions.start(seeds, this::ended);
    functions.inject(scenario.faults());
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
        () -> functions.inject(FaultRates.NONE),
        functions.callFaults()::kill);
  }

  private String opening() {
    List<ServiceSpec> services =
        scenario.fleets().stream().flatMap(fleet -> fleet.services().stream()).toList();
    return "%s, %s and %s are created"
        .formatted(
            count(scenario.fleets().size(), "fleet"),
            count(services.size(), "service"),
            count(services.stream().mapToInt(ServiceSpec::tasks).sum(), "task"));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
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

  private List<String> configs() {
    return scenario.fleets().stream().map(FleetSpec::config).toList();
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
        time = time.plus(LOOK_FOR_REST)) {
      runTo(time);
      if (rests()) {
        if (controller == Controller.SHEPHERD) {
          invariants.atRest(true);
        }
        return report();
      }
    }
    return run();
  }

  private boolean rests() {
    Instant early = now().minus(REST);
    return measures.convergedSince().filter(since -> !since.isAfter(early)).isPresent()
        && areWritesOver()
        && scenario.fleets().stream().allMatch(fleet -> standings.phase(fleet).equals("idle"));
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
        new TreeMap<>(functions.face().calls()),
        functions.face().throttled(),
        new TreeMap<>(functions.host().invocations()),
        verdict(),
        timeline.entries());
  }

  /** Another controller has no schedule whose next runs could write nothing. */
  private boolean areWritesOver() {
    return switch (controller) {
      case SHEPHERD -> writes.areOver(functions.host().invocations());
      case REDEPLOY, NONE -> true;
    };
  }

  /** A function's AWS calls so far, by operation, retries included. */
  public SortedMap<String, Integer> callsOf(String function) {
    return functions.callsOf(function);
  }

  /** Messages on their way to the functions, those that are being handled included. */
  public int messagesWaiting() {
    return functions.host().messagesWaiting();
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
    return functions.gate().refusals();
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
    return functions.fleetStatus(face, new SplittableRandom(scenario.seed()));
  }

  /** The nth AWS call of this function from now is its last in that run. */
  void kill(String function, int call) {
    functions.callFaults().kill(function, call);
  }

  /** Where the functions' calls arrive. */
  AwsFace face() {
    return functions.face();
  }

  /** What calls the functions. */
  FunctionHost host() {
    return functions.host();
  }

  public World world() {
    return world;
  }
}
