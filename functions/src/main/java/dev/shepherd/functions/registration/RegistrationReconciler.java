package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.functions.event.Looks;
import dev.shepherd.functions.event.Turns;
import dev.shepherd.functions.registration.RegistrationActs.Done;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationLimits;
import dev.shepherd.shared.registration.RegistrationPlan;
import dev.shepherd.shared.registration.Sighting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * One run: folds the hints to Cloud Map services, lists all of their instances, then reads the
 * tasks, and for each service plans and applies. Instances are listed before tasks are read, so
 * that an instance without a task is stale and not merely new. What was seen before, and how
 * healthy instances are, is read only where the plan rests on it. Calls:
 * {@link RegistrationObserver}.
 */
// Over 200 lines: one run of one function, from its hints to what it has done.
final class RegistrationReconciler {
  /** Of the reads of tasks: instances may be of other tasks than those that are counted before. */
  private static final int FOR_OTHERS = 25;

  private final Rates rates;
  private final InstantSource clock;
  private final List<String> clusters;
  private final Operations operations;
  private final Registries registries;
  private final RegistrationObserver observer;
  private final RegistrationActs acts;
  private final RegistrationTelling telling;
  private final Marks marks;
  private final Planning planning;
  private final Looks looks = new Looks();
  private final Bursts bursts;
  private final KnownInstances instances = new KnownInstances();

  /** Where not all can be read; urgent are those that a later look has to confirm. */
  private final Turns<String> turns = new Turns<>();

  /** The services that register somewhere, as last read: of another one no event matters. */
  private Optional<Set<ServiceName>> registrants = Optional.empty();

  RegistrationReconciler(
      RegistrationAws aws,
      Settings settings,
      RegistrationLimits limits,
      Rates rates,
      InstantSource clock) {
    this.rates = rates;
    this.clock = clock;
    this.clusters = settings.clusters();
    this.bursts = new Bursts(limits.grace());
    this.operations = new Operations(aws, clock);
    TaskDefinitions definitions = new TaskDefinitions(aws, settings.names());
    FleetReader fleets = new FleetReader(aws, clusters, definitions);
    this.registries = new Registries(clusters, fleets, new StandaloneTasks(aws));
    this.observer = new RegistrationObserver(aws, definitions);
    DomainEvents events = new DomainEvents(aws);
    this.acts = new RegistrationActs(aws, operations, events);
    this.telling = new RegistrationTelling(events);
    this.marks = new Marks(aws, settings.names());
    this.planning = new Planning(observer, operations, marks, limits, clock);
  }

  void reconcile(Intake intake, Run run) {
    run.received(intake.foreign(), intake.malformed());
    List<Hint> hints = bursts.due(
        intake.hints().stream().filter(this::isOurs).filter(looks::isNews).toList(),
        clock.instant());
    if (hints.isEmpty()) {
      return;
    }
    looks.begin(clock.instant());
    marks.begin();
    run.guarded("all registrations", () -> {
      operations.follow(run);
      boolean all = look(hints, run);
      operations.followToTheEnd(run);
      if (all && hints.stream().anyMatch(Hint.Everywhere.class::isInstance)) {
        looks.lookedEverywhere();
      }
    });
    marks.write(run);
  }

  private boolean isOurs(Hint hint) {
    return switch (hint) {
      case Hint.OfService named ->
        clusters.contains(named.service().cluster())
            && registrants.map(known -> known.contains(named.service())).orElse(true);
      case Hint.OfTask task ->
        clusters.contains(task.cluster()) && !(task.ending() && instances.isNowhere(task.task()));
      case Hint.Everywhere _ -> true;
      case Hint.OfDeployment _ -> false; // Its tasks tell of themselves.
      case Hint.OfFleet _ -> false; // A config that is only written has no canary yet.
    };
  }

  /** Whether there was room for all in this run. */
  private boolean look(List<Hint> hints, Run run) {
    Instant begun = clock.instant();
    Registries.Found found = registries.find(run::failed);
    registrants = Optional.of(found.registrants());
    marks.keepOnly(found.registries().keySet());
    turns.begin(found.registries().keySet());
    instances.begin(found.registries().keySet());
    List<Registry> named = registries.named(found, hints).values().stream()
        .sorted(Comparator.comparing(Registry::id, turns.order()))
        .toList();
    List<Registry> readable =
        RegistrationObserver.within(rates.affords(Rate.TASK_READS) - FOR_OTHERS, named, found);
    turns.tried(readable.stream().map(Registry::id).toList(), clock.instant());
    if (readable.size() < named.size()) {
      run.leftForNext(
          (named.size() - readable.size()) + " of " + named.size() + " Cloud Map services",
          "this run's allowance of " + Rate.TASK_READS + " is spent");
    }
    List<Listing> listings = readable.stream()
        .sorted(Comparator.comparing(Registry::id))
        .map(registry -> list(registry, found, run))
        .toList();
    View view = new View(begun, found, tasks(found, listings));
    run.guarded("hosts", () -> observer.hosts(view.tasks()));
    listings.forEach(listing -> reconcile(listing, view, run));
    return readable.size() == named.size();
  }

  private Map<String, List<Task>> tasks(Registries.Found found, List<Listing> listings) {
    List<Listing> open =
        listings.stream().filter(listing -> listing.closed().isEmpty()).toList();
    Set<ServiceName> services = open.stream()
        .flatMap(listing -> listing.registry().registrants().keySet().stream())
        .collect(Collectors.toSet());
    List<Instance> instances =
        open.stream().flatMap(listing -> listing.instances().stream()).toList();
    return open.isEmpty() ? new TreeMap<>() : observer.tasks(found, services, instances);
  }

  private Listing list(Registry registry, Registries.Found found, Run run) {
    Listing listing = listOrClose(registry, found, run);
    instances.listed(listing);
    return listing;
  }

  private Listing listOrClose(Registry registry, Registries.Found found, Run run) {
    if (registry.serviceConnect()) {
      return Listing.closed(
          registry,
          Guard.SERVICE_CONNECT,
          "ECS's Service Connect keeps its instances; they are only read");
    }
    if (!run.hasTime()) {
      return Listing.closed(registry, Guard.PARTIAL, Run.NO_TIME);
    }
    try {
      return new Listing(
          registry, observer.instances(registry, found.clusters().keySet()), Optional.empty());
    } catch (ReconcileException refused) {
      return Listing.closed(registry, Guard.PARTIAL, String.valueOf(refused.getMessage()));
    } catch (SdkException refused) {
      return AwsError.of(refused) == AwsError.GONE
          ? Listing.closed(
              registry,
              Guard.NO_SERVICE,
              "there is no such Cloud Map service any more: give the ECS services the one that"
                  + " stands for it (UpdateService, serviceRegistries)")
          : Listing.closed(registry, Guard.PARTIAL, AwsError.describe(refused));
    }
  }

  private void reconcile(Listing listing, View view, Run run) {
    Registry registry = listing.registry();
    if (!run.hasTime()) {
      run.leftForNext(registry.subject(), Run.NO_TIME);
      return;
    }
    boolean whole = run.guarded(registry.subject(), () -> {
      Optional<Done> done = pass(listing, view, 0, run);
      if (done.isPresent()) {
        operations.followToTheEnd(run);
        pass(list(registry, view.found(), run), view, done.get().deregistered(), run);
      }
    });
    if (whole && listing.closed().isEmpty()) {
      looks.looked(registry.registrants().keySet());
    }
  }

  private void keep(Registry registry, Set<Sighting> suspected) {
    planning.keep(registry, suspected);
    turns.urgent(registry.id(), !suspected.isEmpty());
  }

  /**
   * Plans, tells and applies.
   *
   * @return what was done, if it may let go what was held only because it was the last
   */
  private Optional<Done> pass(Listing listing, View view, int takenOut, Run run) {
    Registry registry = listing.registry();
    RegistrationPlan plan = planning.of(listing, view, takenOut, run);
    telling.tell(registry, plan, run);
    if (run.dryRun()) {
      keep(registry, plan.suspected());
      return Optional.empty();
    }
    instances.meant(registry, plan.decisions());
    Done done = acts.apply(registry, plan.decisions(), run);
    keep(registry, plan.suspectedBeside(done.instances()));
    telling.hold(registry, plan);
    done.refuseFailures();
    return plan.holds(Guard.LAST) && done.registered() > 0 && takenOut == 0
        ? Optional.of(done)
        : Optional.empty();
  }
}
