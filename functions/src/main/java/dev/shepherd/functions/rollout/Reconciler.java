package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.functions.event.Looks;
import dev.shepherd.functions.event.RestartRequest;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutPlanner;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * One run: folds the hints to fleets, and for each observes, plans and applies until there is
 * nothing more to do at once.
 *
 * <p>Calls of a quiet run over F fleets: what {@link FleetReader#discover} takes, max(1, ⌈F/50⌉)
 * DescribeParameters, ⌈F/2⌉ GetParameters, and per fleet one ListTagsForResource.
 */
// Over 200 lines: one run of one function, from its hints to what alarms watch.
final class Reconciler {
  /** Adopt, publish, start, pin, probe, promote, deploy: no fleet has more to do at once. */
  private static final int MAX_STEPS = 30;

  /** As template.yaml's rule has it. */
  private static final Duration SCHEDULE = Duration.ofMinutes(1);

  private final Settings settings;
  private final InstantSource clock;
  private final Parameters parameters;
  private final FleetReader reader;
  private final RolloutObserver observer;
  private final RolloutActs acts;
  private final Allowance allowance;
  private final Sweep sweep;
  private final Looks looks = new Looks();

  Reconciler(RolloutAws aws, Settings settings, Rates rates, InstantSource clock) {
    this.allowance = new Allowance(rates);
    this.settings = settings;
    this.clock = clock;
    this.parameters = new Parameters(aws);
    TaskDefinitions definitions = new TaskDefinitions(aws, settings.names());
    this.reader = new FleetReader(aws, settings.clusters(), definitions);
    this.observer = new RolloutObserver(
        parameters,
        new SourceHistory(aws),
        settings.names(),
        reader,
        definitions,
        new ExtraTaskReader(aws, settings.clusters(), definitions),
        new AlarmReader(aws),
        rates,
        clock);
    ActiveRevisions active = new ActiveRevisions(aws, definitions, settings.names());
    this.acts = new RolloutActs(
        new ConfigStore(parameters, settings.names(), clock),
        new Deployer(aws, reader, definitions, active, rates),
        new ExtraTaskRunner(aws, reader, definitions),
        new DomainEvents(aws),
        clock);
    this.sweep = new Sweep(
        aws, settings.names(), settings.clusters(), parameters, active, reader, rates, clock);
  }

  void reconcile(Intake intake, Run run) {
    run.received(intake.foreign(), intake.malformed());
    List<Hint> hints = intake.hints().stream()
        .filter(this::isOurs)
        .filter(hint -> !isEcho(hint))
        .filter(looks::isNews)
        .toList();
    if (hints.isEmpty()) {
      return;
    }
    looks.begin(clock.instant());
    acts.begin();
    boolean everywhere = looks.isDueEverywhere(SCHEDULE)
        || hints.stream().anyMatch(Hint.Everywhere.class::isInstance);
    run.guarded("all fleets", () -> {
      if (!everywhere && glance(hints, run)) {
        return;
      }
      Map<FleetName, List<ServiceState>> services = reader.discover(run::failed);
      Map<FleetName, Optional<ParameterMetadata>> fleets =
          everywhere ? allFleets(services) : fleets(new HintedFleets(hints, services).all());
      List<FleetName> order = looks.longestAgoFirst(fleets.keySet());
      observer.begin(order);
      order.forEach(fleet -> reconcile(
          fleet,
          fleets.getOrDefault(fleet, Optional.empty()),
          services.getOrDefault(fleet, List.of()),
          run));
      if (everywhere && !run.isUnfinished()) {
        looks.lookedEverywhere();
        sweep.sweep(services, fleets.keySet(), run);
      }
    });
  }

  /**
   * Looks at no more than the services whose deployments have completed, where nothing else is
   * told.
   *
   * @return whether that was enough
   */
  private boolean glance(List<Hint> hints, Run run) {
    Set<ServiceName> completed = new HashSet<>();
    for (Hint hint : hints) {
      if (!(hint instanceof Hint.OfDeployment of) || of.stage() != Hint.Stage.COMPLETED) {
        return false;
      }
      completed.add(of.service());
    }
    Set<FleetName> unsettled = new HashSet<>();
    reader
        .look(completed, run::failed)
        .forEach((fleet, services) -> guarded(fleet, run, () -> {
          if (!glance(observer.glance(fleet, services), run)) {
            unsettled.add(fleet);
          }
        }));
    return unsettled.isEmpty();
  }

  private boolean glance(RolloutSnapshot first, Run run) {
    Optional<RolloutSnapshot> snapshot = Optional.of(first);
    for (int step = 0; step < MAX_STEPS && snapshot.isPresent(); step++) {
      Optional<RolloutDecision> decision =
          RolloutPlanner.glance(snapshot.get(), settings.rollout(), clock.instant());
      if (decision.isEmpty()) {
        return false;
      }
      snapshot = step(snapshot.get(), decision.get(), run);
    }
    return true;
  }

  /** The restarts that were asked for, as the looks of this run saw; events of them may be lost. */
  List<RestartRequest> askedRestarts() {
    return observer.asked();
  }

  private boolean isEcho(Hint hint) {
    return hint instanceof Hint.OfDeployment of
        && of.stage() == Hint.Stage.STARTED
        && acts.isEcho(of.deployment());
  }

  private boolean isOurs(Hint hint) {
    return switch (hint) {
      case Hint.OfService named -> settings.clusters().contains(named.service().cluster());
      case Hint.OfDeployment named ->
        settings.clusters().contains(named.service().cluster());
      case Hint.OfTask task -> settings.clusters().contains(task.cluster());
      case Hint.OfFleet _, Hint.Everywhere _ -> true;
    };
  }

  /** The fleets that have services or a source, each with what its source is. */
  private Map<FleetName, Optional<ParameterMetadata>> allFleets(
      Map<FleetName, List<ServiceState>> services) {
    return withSources(services.keySet(), parameters.below(settings.names().configPrefix()));
  }

  /** These, each with what its source is. */
  private Map<FleetName, Optional<ParameterMetadata>> fleets(Set<FleetName> named) {
    return withSources(
        named, parameters.named(named.stream().map(settings.names()::source).toList()));
  }

  private Map<FleetName, Optional<ParameterMetadata>> withSources(
      Set<FleetName> named, List<ParameterMetadata> sources) {
    Map<FleetName, Optional<ParameterMetadata>> fleets = new TreeMap<>();
    named.forEach(fleet -> fleets.put(fleet, Optional.empty()));
    for (ParameterMetadata source : sources) {
      settings
          .names()
          .fleetOfSource(source.name())
          .ifPresent(fleet -> fleets.put(fleet, Optional.of(source)));
    }
    return fleets;
  }

  private void reconcile(
      FleetName fleet, Optional<ParameterMetadata> source, List<ServiceState> services, Run run) {
    if (!run.hasTime()) {
      run.leftForNext(fleet.toString(), Run.NO_TIME);
      return;
    }
    boolean whole = guarded(fleet, run, () -> {
      Optional<RolloutSnapshot> snapshot = observer.observe(fleet, source, services);
      if (snapshot.isEmpty()) {
        run.leftForNext(fleet.toString(), "its config was written while it was read");
      }
      for (int step = 0; step < MAX_STEPS && snapshot.isPresent(); step++) {
        snapshot = step(
            snapshot.get(),
            RolloutPlanner.plan(snapshot.get(), settings.rollout(), clock.instant()),
            run);
      }
    });
    if (whole) {
      looks.looked(fleet);
    }
  }

  /** Whatever becomes of the steps, what they noted is written. */
  private boolean guarded(FleetName fleet, Run run, Runnable steps) {
    boolean whole = run.guarded(fleet.toString(), steps);
    return run.guarded(fleet.toString(), () -> acts.save(fleet)) && whole;
  }

  /** Observes deeper where the planner asks; else tells, and acts. */
  private Optional<RolloutSnapshot> step(
      RolloutSnapshot snapshot, RolloutDecision decision, Run run) {
    if (decision instanceof RolloutDecision.Look look) {
      return Optional.of(observer.deeper(snapshot, look));
    }
    if (run.dryRun()) {
      tell(decision, snapshot, run);
      return Optional.empty();
    }
    RolloutDecision affordable = allowance.of(decision, snapshot);
    tell(affordable, snapshot, run);
    Optional<RolloutSnapshot> next = acts.apply(
        snapshot, affordable, problem -> run.failed(snapshot.fleet().toString(), problem));
    if (affordable instanceof RolloutDecision.Promote && observer.isOld()) {
      return Optional.empty(); // What goes first, and whom it is judged by, is seen as it is then.
    }
    if (next.isEmpty()) {
      measure(affordable, snapshot, run);
    }
    return next;
  }

  /** What alarms watch: how many fleets are held, and for how long a rollout is where it is. */
  private void measure(RolloutDecision last, RolloutSnapshot snapshot, Run run) {
    Optional<RolloutState> state = snapshot.state();
    boolean held = last instanceof RolloutDecision.Hold
        || state.flatMap(RolloutState::held).isPresent();
    run.count("Held", held ? 1 : 0);
    Duration inPhase = state
        .filter(seen -> seen.phase() != RolloutState.Phase.IDLE)
        .map(seen -> Duration.between(seen.since(), clock.instant()))
        .orElse(Duration.ZERO);
    run.longest("OldestPhaseSeconds", inPhase);
  }

  private static void tell(RolloutDecision decision, RolloutSnapshot snapshot, Run run) {
    Level level = decision instanceof RolloutDecision.Hold ? Level.WARN : Level.INFO;
    String name = decision.getClass().getSimpleName();
    run.decided(level, snapshot.fleet().toString(), name, decision.reason());
  }
}
