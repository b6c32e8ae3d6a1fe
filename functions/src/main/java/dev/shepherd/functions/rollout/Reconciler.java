package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutPlanner;
import dev.shepherd.shared.rollout.RolloutSnapshot;
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
final class Reconciler {
  /** Adopt, publish, start, pin, probe, promote, deploy: no fleet has more to do at once. */
  private static final int MAX_STEPS = 30;

  private final Settings settings;
  private final InstantSource clock;
  private final Parameters parameters;
  private final FleetReader reader;
  private final RolloutObserver observer;
  private final RolloutActs acts;
  private final Looks looks = new Looks();

  Reconciler(RolloutAws aws, Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.parameters = new Parameters(aws);
    TaskDefinitions definitions = new TaskDefinitions(aws, settings.names());
    this.reader = new FleetReader(aws, settings.clusters(), definitions);
    this.observer = new RolloutObserver(
        parameters,
        settings.names(),
        reader,
        definitions,
        new ExtraTaskReader(aws, settings.clusters(), definitions),
        new AlarmReader(aws));
    this.acts = new RolloutActs(
        new ConfigStore(parameters, settings.names(), clock),
        new Deployer(aws, reader, definitions),
        new ExtraTaskRunner(aws, reader, definitions),
        new DomainEvents(aws),
        clock);
  }

  void reconcile(Intake intake, Run run) {
    run.received(intake.foreign(), intake.malformed());
    List<Hint> hints =
        intake.hints().stream().filter(this::isOurs).filter(looks::isNews).toList();
    if (hints.isEmpty()) {
      return;
    }
    looks.begin(clock.instant());
    run.guarded("all fleets", () -> {
      Map<FleetName, List<ServiceState>> services = reader.discover(run::hasTime, run::failed);
      Map<FleetName, Optional<ParameterMetadata>> fleets = fleets(hints, services);
      looks
          .longestAgoFirst(fleets.keySet())
          .forEach(fleet -> reconcile(
              fleet,
              fleets.getOrDefault(fleet, Optional.empty()),
              services.getOrDefault(fleet, List.of()),
              run));
      looks.ended(hints);
    });
  }

  private boolean isOurs(Hint hint) {
    return switch (hint) {
      case Hint.OfService named -> settings.clusters().contains(named.service().cluster());
      case Hint.OfTask task -> settings.clusters().contains(task.cluster());
      case Hint.OfFleet _, Hint.Everywhere _ -> true;
    };
  }

  /** The fleets that the hints name, each with what its source is. */
  private Map<FleetName, Optional<ParameterMetadata>> fleets(
      List<Hint> hints, Map<FleetName, List<ServiceState>> services) {
    boolean everywhere = hints.stream().anyMatch(Hint.Everywhere.class::isInstance);
    Set<FleetName> named = everywhere
        ? services.keySet()
        : hints.stream()
            .flatMap(hint -> Looks.fleetsOf(hint, services).stream())
            .collect(Collectors.toSet());
    List<ParameterMetadata> sources = everywhere
        ? parameters.below(settings.names().configPrefix())
        : parameters.named(named.stream().map(settings.names()::source).toList());
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
    Level level = decision instanceof RolloutDecision.Hold ? Level.WARN : Level.INFO;
    String name = decision.getClass().getSimpleName();
    run.decided(level, snapshot.fleet().toString(), name, decision.reason());
    return run.dryRun()
        ? Optional.empty()
        : acts.apply(
            snapshot, decision, problem -> run.failed(snapshot.fleet().toString(), problem));
  }
}
