package dev.shepherd.functions.replacement;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.RunningTaskReader;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.functions.aws.Wards;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.functions.event.Looks;
import dev.shepherd.functions.event.Turns;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.replacement.ReplacementDecision;
import dev.shepherd.shared.replacement.ReplacementLimits;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.replacement.ReplacementPlan;
import dev.shepherd.shared.replacement.ReplacementPlanner;
import dev.shepherd.shared.replacement.ReplacementSnapshot;
import dev.shepherd.shared.replacement.Sick;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: folds the hints to fleets, reads the tasks of all their services once, and for each
 * fleet plans, remembers and acts, in this order: a run that is killed stops nothing twice.
 *
 * <p>Calls of a quiet run: what {@link FleetReader#discover} and {@link FleetReader#running} take,
 * and nothing else, once this instance knows that nothing is remembered.
 */
final class ReplacementReconciler {
  /** Of the reads of tasks: each service is looked at again before a task of it is stopped. */
  private static final int FOR_ACTS = 25;

  private final ReplacementLimits limits;
  private final Rates rates;
  private final InstantSource clock;
  private final List<String> clusters;
  private final FleetReader reader;
  private final ReplacementStore store;
  private final ReplacementActs acts;
  private final Looks looks = new Looks();
  private final Holds holds = new Holds();
  private final Set<FleetName> nothingRemembered = new HashSet<>();

  /** Where not all services can be read; urgent are those that are sick or an event names. */
  private final Turns<ServiceName> turns = new Turns<>();

  ReplacementReconciler(ReplacementAws aws, Settings settings, Rates rates, InstantSource clock) {
    this.rates = rates;
    this.limits = settings.replacement();
    this.clock = clock;
    this.clusters = settings.clusters();
    this.reader = new FleetReader(aws, clusters, new TaskDefinitions(aws, settings.names()));
    this.store = new ReplacementStore(new Parameters(aws), settings.names());
    this.acts = new ReplacementActs(aws, reader, new RunningTaskReader(aws), new DomainEvents(aws));
  }

  void reconcile(Intake intake, Run run) {
    run.received(intake.foreign(), intake.malformed());
    List<Hint> hints =
        intake.hints().stream().filter(this::isOurs).filter(looks::isNews).toList();
    if (hints.isEmpty()) {
      return;
    }
    looks.begin(clock.instant());
    run.guarded("all replacements", () -> {
      Wards wards = Wards.of(reader.discover(run::failed));
      Map<ServiceName, FleetName> owners = wards.owners();
      Set<FleetName> fleets = hints.stream()
          .flatMap(hint -> fleetsOf(hint, wards, owners).stream())
          .collect(Collectors.toSet());
      turns.begin(owners.keySet());
      hints.forEach(hint -> {
        if (hint instanceof Hint.OfService of && owners.containsKey(of.service())) {
          turns.urgent(of.service(), true);
        }
      });
      looks.looked(ofNoFleet(hints, owners));
      List<ServiceState> services = fleets.stream()
          .flatMap(fleet -> wards.services().getOrDefault(fleet, List.of()).stream())
          .sorted(Comparator.comparing(ServiceState::name, turns.order()))
          .toList();
      List<ServiceState> readable =
          reader.within(rates.affords(Rate.TASK_READS) - FOR_ACTS, services);
      Map<ServiceName, List<TaskState>> read = reader.running(readable, run::failed);
      Map<FleetName, List<ServiceState>> seen = readable.stream()
          .map(service ->
              Optional.ofNullable(read.get(service.name())).map(service::with).orElse(service))
          .collect(Collectors.groupingBy(service -> owners.get(service.name())));
      turns.tried(readable.stream().map(ServiceState::name).toList(), clock.instant());
      Map<FleetName, List<ServiceState>> unread = services.stream()
          .filter(Predicate.not(Set.copyOf(readable)::contains))
          .collect(Collectors.groupingBy(service -> owners.get(service.name())));
      for (FleetName fleet : looks.longestAgoFirst(fleets)) {
        reconcile(
            fleet, seen.getOrDefault(fleet, List.of()), unread.getOrDefault(fleet, List.of()), run);
      }
      run.longest(ReplacementTelling.OLDEST, Duration.ZERO);
      if (readable.size() == services.size()
          && hints.stream().anyMatch(Hint.Everywhere.class::isInstance)) {
        looks.lookedEverywhere();
      }
    });
  }

  private boolean isOurs(Hint hint) {
    return switch (hint) {
      case Hint.OfService named -> clusters.contains(named.service().cluster());
      case Hint.OfFleet _, Hint.Everywhere _ -> true;
      // A deployment's tasks tell of themselves, and Shepherd's own canaries are the rollout's.
      case Hint.OfDeployment _, Hint.OfTask _ -> false;
    };
  }

  private static Set<FleetName> fleetsOf(
      Hint hint, Wards wards, Map<ServiceName, FleetName> owners) {
    return switch (hint) {
      case Hint.OfService named ->
        Optional.ofNullable(owners.get(named.service())).map(Set::of).orElse(Set.of());
      case Hint.OfFleet named ->
        wards.services().containsKey(named.fleet()) ? Set.of(named.fleet()) : Set.of();
      case Hint.Everywhere _ -> wards.services().keySet();
      case Hint.OfDeployment _, Hint.OfTask _ -> Set.of();
    };
  }

  /** The named services that no fleet has: of these no event before this look matters. */
  private static Set<ServiceName> ofNoFleet(List<Hint> hints, Map<ServiceName, FleetName> owners) {
    return hints.stream()
        .flatMap(hint -> hint instanceof Hint.OfService of ? Stream.of(of.service()) : Stream.of())
        .filter(service -> !owners.containsKey(service))
        .collect(Collectors.toSet());
  }

  private void reconcile(
      FleetName fleet, List<ServiceState> services, List<ServiceState> unread, Run run) {
    if (!unread.isEmpty()) {
      run.leftForNext(
          unread.size() + " of " + (unread.size() + services.size()) + " services of " + fleet,
          "this run's allowance of " + Rate.TASK_READS + " is spent");
    }
    if (!run.hasTime()) {
      run.leftForNext(fleet.toString(), Run.NO_TIME);
    } else if (!services.isEmpty()
        && run.guarded(fleet.toString(), () -> act(fleet, services, unread, run))) {
      if (unread.isEmpty()) {
        looks.looked(fleet);
      }
      looks.looked(services.stream().map(ServiceState::name).collect(Collectors.toSet()));
    }
  }

  private static boolean isSick(ServiceState service) {
    return service.tasks().orElse(List.of()).stream()
        .anyMatch(task -> Sick.of(service, task).isPresent());
  }

  private void act(
      FleetName fleet, List<ServiceState> services, List<ServiceState> unread, Run run) {
    services.forEach(service -> turns.urgent(service.name(), isSick(service)));
    ReplacementStore.Seen seen = services.stream().anyMatch(ReplacementReconciler::isSick)
        ? store.read(fleet, Wards.fleetsIn(fleet, services))
        : new ReplacementStore.Seen(
            nothingRemembered.contains(fleet) ? ReplacementMarks.NONE : store.marks(fleet),
            Map.of(),
            Map.of());
    ReplacementLimits.finding(seen.tags())
        .ifPresent(text -> run.decided(Level.WARN, fleet.toString(), "Finding", text));
    ReplacementPlan plan = ReplacementPlanner.plan(
        new ReplacementSnapshot(fleet, services, unread, seen.rollouts(), seen.marks()),
        limits.tuned(seen.tags()),
        clock.instant());
    ReplacementTelling.tell(fleet, plan, run);
    if (!run.dryRun()) {
      apply(fleet, services, seen.marks(), plan, run);
    }
  }

  private void apply(
      FleetName fleet,
      List<ServiceState> services,
      ReplacementMarks stored,
      ReplacementPlan plan,
      Run run) {
    nothingRemembered.remove(fleet);
    if (plan.marks().isNews(stored)) {
      store.write(fleet, plan.marks());
    }
    List<String> left = new ArrayList<>();
    for (ReplacementDecision decision : plan.decisions()) {
      switch (decision) {
        case ReplacementDecision.Replace replace ->
          run.guarded(
              replace.service().toString(),
              () ->
                  left.addAll(acts.replace(fleet, of(services, replace.service()), replace, run)));
        case ReplacementDecision.Restart restart ->
          run.guarded(restart.service().toString(), () -> acts.restart(fleet, restart, run));
        case ReplacementDecision.Hold _,
            ReplacementDecision.Wait _,
            ReplacementDecision.Well _ -> {}
      }
    }
    if (!left.isEmpty()) {
      store.write(fleet, plan.marks().withdrawing(left));
    }
    if (plan.marks().equals(ReplacementMarks.NONE)) {
      nothingRemembered.add(fleet);
    }
    holds.begun(fleet, plan.decisions()).forEach((cause, of) -> acts.held(fleet, cause, of));
  }

  private static ServiceState of(List<ServiceState> services, ServiceName name) {
    return services.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
