package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.StateJson;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.CleanUp;
import dev.shepherd.shared.rollout.CleanUp.Made;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * Removes what Shepherd itself has left behind ({@link CleanUp}), once a day for each fleet, when a
 * run has time for it.
 *
 * <p>Calls for a fleet of F families: one DescribeParameters, one GetParameters, 3 × F
 * ListTaskDefinitions, and one DescribeTaskDefinition for each ACTIVE revision that this instance
 * has not read before; where a snapshot is old enough to go, the same for every ACTIVE revision of
 * the account. Anything that cannot be read to its end ends the sweep of that fleet.
 */
final class Sweep {
  private final RolloutAws aws;
  private final ParameterNames names;
  private final List<String> clusters;
  private final Parameters parameters;
  private final ActiveRevisions revisions;
  private final FleetReader reader;
  private final Rates rates;
  private final InstantSource clock;
  private final Set<FleetName> due = new LinkedHashSet<>();
  private Optional<Instant> asked = Optional.empty();

  Sweep(
      RolloutAws aws,
      ParameterNames names,
      List<String> clusters,
      Parameters parameters,
      ActiveRevisions revisions,
      FleetReader reader,
      Rates rates,
      InstantSource clock) {
    this.aws = aws;
    this.names = names;
    this.clusters = clusters;
    this.parameters = parameters;
    this.revisions = revisions;
    this.reader = reader;
    this.rates = rates;
    this.clock = clock;
  }

  /** Sweeps the fleets that came to be due since the last look, and those that still are. */
  void sweep(Map<FleetName, List<ServiceState>> services, Set<FleetName> fleets, Run run) {
    revisions.begin();
    Instant now = clock.instant();
    Instant after = asked.orElseGet(() -> now.minus(Duration.ofMinutes(1)));
    asked = Optional.of(now);
    fleets.stream().filter(fleet -> CleanUp.isDue(fleet, after, now)).forEach(due::add);
    due.retainAll(fleets);
    for (FleetName fleet : List.copyOf(due)) {
      if (run.hasTime()
          && run.guarded(
              fleet.toString(), () -> sweep(fleet, services.getOrDefault(fleet, List.of()), run))) {
        due.remove(fleet);
      }
    }
  }

  private void sweep(FleetName fleet, List<ServiceState> services, Run run) {
    Optional<RolloutState> state = Optional.ofNullable(
            parameters.read(List.of(names.state(fleet))).get(names.state(fleet)))
        .map(parameter -> StateJson.read(parameter.value(), parameter.name()));
    if (state.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Set<String> families = new TreeSet<>();
    services.stream().map(service -> family(service.definition().arn())).forEach(family -> {
      families.add(family);
      CleanUp.OWN_FAMILIES.forEach(end -> families.add(family + end));
    });
    List<Made> own = families.stream()
        .flatMap(family -> revisions.ofFamily(family, fleet).stream())
        .toList();
    List<Made> unused = withoutTasks(CleanUp.oldRevisions(state.get(), own, inUse(services), now));
    List<ConfigHash> old = CleanUp.oldSnapshots(state.get(), written(fleet), now);
    // Where the account has too many revisions to look through, no snapshot goes.
    Optional<List<Made>> active = old.isEmpty() ? Optional.of(own) : revisions.all(fleet);
    CleanUp.Plan plan =
        CleanUp.plan(active.isPresent() ? old : List.of(), unused, active.orElse(own));
    if (!plan.isEmpty()) {
      apply(fleet, plan, run);
    }
  }

  private static String family(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
  }

  private static Set<String> inUse(List<ServiceState> services) {
    return services.stream()
        .flatMap(service -> Stream.concat(
            Stream.of(service.definition().arn()),
            service.deployments().stream().map(DeploymentState::taskDefinition)))
        .collect(Collectors.toSet());
  }

  private List<Made> withoutTasks(List<Made> candidates) {
    Set<String> used = candidates.stream()
        .map(Made::family)
        .distinct()
        .flatMap(family -> clusters.stream()
            .flatMap(cluster -> reader.definitionsRunning(cluster, family).stream()))
        .collect(Collectors.toSet());
    return candidates.stream().filter(made -> !used.contains(made.arn())).toList();
  }

  private Map<ConfigHash, Instant> written(FleetName fleet) {
    Map<ConfigHash, Instant> written = new HashMap<>();
    for (ParameterMetadata snapshot : parameters.below(names.snapshots(fleet))) {
      names
          .reference(snapshot.name())
          .filter(ConfigReference.Pinned.class::isInstance)
          .map(ConfigReference.Pinned.class::cast)
          .filter(pinned -> pinned.fleet().equals(fleet))
          .ifPresent(pinned -> written.put(pinned.hash(), snapshot.lastModifiedDate()));
    }
    return written;
  }

  private void apply(FleetName fleet, CleanUp.Plan plan, Run run) {
    List<String> gone =
        plan.revisions().stream().limit(rates.affords(Rate.DEFINITION_WRITES)).toList();
    List<ConfigHash> deleted =
        plan.snapshots().stream().limit(rates.affords(Rate.PARAMETER_DELETES)).toList();
    run.decided(
        Level.INFO,
        fleet.toString(),
        "CleanUp",
        "nothing uses or names " + gone.size() + " of Shepherd's revisions and " + deleted.size()
            + " snapshots any more: "
            + Stream.concat(
                    gone.stream().map(arn -> arn.substring(arn.lastIndexOf('/') + 1)),
                    deleted.stream().map(ConfigHash::toString))
                .collect(Collectors.joining(", ")));
    if (run.dryRun()) {
      return;
    }
    gone.forEach(arn -> aws.deregisterTaskDefinition(
        DeregisterTaskDefinitionRequest.builder().taskDefinition(arn).build()));
    deleted.forEach(hash -> delete(names.snapshot(fleet, hash)));
  }

  private void delete(String snapshot) {
    try {
      aws.deleteParameter(DeleteParameterRequest.builder().name(snapshot).build());
    } catch (SdkException error) {
      if (AwsError.of(error) != AwsError.GONE) {
        throw error;
      }
    }
  }
}
