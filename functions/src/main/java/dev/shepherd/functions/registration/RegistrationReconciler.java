package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.functions.event.Hint;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.functions.event.Looks;
import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.RegistrationDecision;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationLimits;
import dev.shepherd.shared.registration.RegistrationPlanner;
import dev.shepherd.shared.registration.RegistrationSnapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * One run: folds the hints to Cloud Map services, lists all of their instances, then reads the
 * tasks, and for each service plans and applies. Instances are listed before tasks are read, so
 * that an instance without a task is stale and not merely new. Calls: {@link RegistrationObserver}.
 */
final class RegistrationReconciler {
  private final RegistrationLimits limits;
  private final InstantSource clock;
  private final List<String> clusters;
  private final Operations operations;
  private final RegistrationObserver observer;
  private final RegistrationActs acts;
  private final Looks looks = new Looks();

  /** A Cloud Map service's instances, or why they could not all be listed. */
  private record Listing(Registry registry, List<Instance> instances, Optional<String> partial) {}

  RegistrationReconciler(
      RegistrationAws aws, Settings settings, RegistrationLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.clusters = settings.clusters();
    this.operations = new Operations(aws);
    TaskDefinitions definitions = new TaskDefinitions(aws, settings.names());
    FleetReader fleets = new FleetReader(aws, clusters, definitions);
    this.observer = new RegistrationObserver(aws, clusters, fleets, definitions);
    this.acts = new RegistrationActs(aws, operations, new DomainEvents(aws));
  }

  void reconcile(Intake intake, Run run) {
    run.received(intake.foreign(), intake.malformed());
    List<Hint> hints =
        intake.hints().stream().filter(this::isOurs).filter(looks::isNews).toList();
    if (hints.isEmpty()) {
      return;
    }
    looks.begin(clock.instant());
    run.guarded("all registrations", () -> {
      operations.follow(run);
      List<Listing> listings = observer.registries(hints, run::failed).values().stream()
          .map(this::list)
          .toList();
      Map<String, List<Task>> tasks = observer.tasks(
          listings.stream().flatMap(listing -> listing.instances().stream()).toList());
      listings.forEach(listing -> reconcile(listing, tasks, run));
      operations.follow(run);
      if (hints.stream().anyMatch(Hint.Everywhere.class::isInstance)) {
        looks.lookedEverywhere();
      }
    });
  }

  private boolean isOurs(Hint hint) {
    return switch (hint) {
      case Hint.OfService named -> clusters.contains(named.service().cluster());
      case Hint.OfTask task -> clusters.contains(task.cluster());
      case Hint.Everywhere _ -> true;
      case Hint.OfFleet _ -> false; // A config that is only written has no canary yet.
    };
  }

  private Listing list(Registry registry) {
    try {
      return new Listing(registry, observer.instances(registry), Optional.empty());
    } catch (ReconcileException refused) {
      return new Listing(registry, List.of(), Optional.of(String.valueOf(refused.getMessage())));
    } catch (SdkException refused) {
      return new Listing(registry, List.of(), Optional.of(AwsError.describe(refused)));
    }
  }

  private void reconcile(Listing listing, Map<String, List<Task>> tasks, Run run) {
    Registry registry = listing.registry();
    if (!run.hasTime()) {
      run.leftForNext(registry.subject(), Run.NO_TIME);
      return;
    }
    boolean whole = run.guarded(registry.subject(), () -> {
      List<RegistrationDecision> decisions =
          RegistrationPlanner.plan(snapshot(listing, tasks), limits);
      decisions.forEach(decision -> tell(registry, decision, run));
      if (!run.dryRun()) {
        acts.apply(registry, decisions, run);
      }
    });
    if (whole && listing.partial().isEmpty()) {
      looks.looked(registry.registrants().keySet());
    }
  }

  private RegistrationSnapshot snapshot(Listing listing, Map<String, List<Task>> tasks) {
    if (listing.partial().isPresent()) {
      return new RegistrationSnapshot(
          listing.registry().id(),
          listing.partial(),
          Set.of(),
          Map.of(),
          List.of(),
          List.of(),
          false,
          Set.of());
    }
    return observer.snapshot(
        listing.registry(),
        listing.instances(),
        tasks,
        operations.underWay(listing.registry().id()));
  }

  private static void tell(Registry registry, RegistrationDecision decision, Run run) {
    String name = decision.getClass().getSimpleName();
    switch (decision) {
      case Leave(var guard, var instances, var reason) -> {
        Level level = guard.holds() ? Level.WARN : Level.INFO;
        run.count("Held", guard.holds() ? Math.max(1, instances.size()) : 0);
        run.decided(level, registry.subject(), name + " " + guard, reason);
        if (guard == Guard.PARTIAL) {
          run.failed(registry.subject(), reason);
        }
      }
      case RegistrationDecision.Change change ->
        run.decided(
            Level.INFO, registry.subject(), name, change.instance() + ": " + change.reason());
    }
  }
}
