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
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutPlanner;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * One run: folds the hints to fleets, and for each observes, plans and applies until there is
 * nothing more to do at once.
 *
 * <p>Calls of a quiet run over F fleets: what {@link FleetReader#discover} takes, max(1, ⌈F/50⌉)
 * DescribeParameters, and per fleet one GetParameters and one ListTagsForResource.
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
        new AlarmReader(aws));
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
    List<Hint> hints =
        intake.hints().stream().filter(this::isOurs).filter(looks::isNews).toList();
    if (hints.isEmpty()) {
      return;
    }
    looks.begin(clock.instant());
    boolean everywhere = looks.isDueEverywhere(SCHEDULE)
        || hints.stream().anyMatch(Hint.Everywhere.class::isInstance);
    run.guarded("all fleets", () -> {
      Map<FleetName, List<ServiceState>> services = reader.discover(run::failed);
      Map<FleetName, Optional<ParameterMetadata>> fleets =
          everywhere ? allFleets(services) : fleets(hints, services);
      looks
          .longestAgoFirst(fleets.keySet())
          .forEach(fleet -> reconcile(
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

  /** The restarts that were asked for, as the looks of this run saw; events of them may be lost. */
  List<RestartRequest> askedRestarts() {
    return observer.asked();
  }

  private boolean isOurs(Hint hint) {
    return switch (hint) {
      case Hint.OfService named -> settings.clusters().contains(named.service().cluster());
      case Hint.OfTask task -> settings.clusters().contains(task.cluster());
      case Hint.OfFleet _, Hint.Everywhere _ -> true;
    };
  }

  /** The fleets that have services or a source, each with what its source is. */
  private Map<FleetName, Optional<ParameterMetadata>> allFleets(
      Map<FleetName, List<ServiceState>> services) {
    return withSources(services.keySet(), parameters.below(settings.names().configPrefix()));
  }

  /** The fleets that the hints name, each with what its source is. */
  private Map<FleetName, Optional<ParameterMetadata>> fleets(
      List<Hint> hints, Map<FleetName, List<ServiceState>> services) {
    Set<FleetName> named = hints.stream()
        .flatMap(hint -> fleetsOf(hint, services).stream())
        .collect(Collectors.toSet());
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

  /** The fleets that a hint names; those of a service as it was just read. */
  private static Set<FleetName> fleetsOf(Hint hint, Map<FleetName, List<ServiceState>> services) {
    return switch (hint) {
      case Hint.OfFleet named -> Set.of(named.fleet());
      case Hint.OfService named ->
        services.entrySet().stream()
            .filter(entry -> entry.getValue().stream()
                .anyMatch(service -> service.name().equals(named.service())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
      case Hint.OfTask _, Hint.Everywhere _ -> services.keySet();
    };
  }

  private void reconcile(
      FleetName fleet, Optional<ParameterMetadata> source, List<ServiceState> services, Run run) {
    if (!run.hasTime()) {
      run.leftForNext(fleet.toString(), Run.NO_TIME);
      return;
    }
    boolean whole = run.guarded(fleet.toString(), () -> {
      Optional<RolloutSnapshot> snapshot = observer.observe(fleet, source, services);
      if (snapshot.isEmpty()) {
        run.leftForNext(fleet.toString(), "its config was written while it was read");
      }
      for (int step = 0; step < MAX_STEPS && snapshot.isPresent(); step++) {
        snapshot = step(snapshot.get(), run);
      }
    });
    if (whole) {
      looks.looked(fleet);
    }
  }

  /** Observes deeper where the planner asks, decides, tells, and acts. */
  private Optional<RolloutSnapshot> step(RolloutSnapshot snapshot, Run run) {
    RolloutDecision decision = RolloutPlanner.plan(snapshot, settings.rollout(), clock.instant());
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
