package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AllowanceSpent;
import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.ExtraTaskNames;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Rate;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.functions.aws.Revision;
import dev.shepherd.functions.aws.ServiceViews;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.CleanUp.Made;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * Carries out one service's order. The service is looked at right before, and UpdateService's
 * answer right after: what someone shipped in between is told, remembered and given back by the
 * next look.
 *
 * <p>Calls: DescribeServices, RegisterTaskDefinition, UpdateService; where an earlier try may have
 * left a revision, ListTaskDefinitions, and one DescribeTaskDefinition where the family's newest is
 * not the base. A forced one: DescribeServices, UpdateService.
 */
// Over 200 lines: how one service's deployment begins, and what is done about its revisions.
final class Deployer {
  private final RolloutAws aws;
  private final FleetReader fleets;
  private final TaskDefinitions definitions;
  private final ActiveRevisions active;
  private final Rates rates;
  private final Echoes echoes = new Echoes();

  Deployer(
      RolloutAws aws,
      FleetReader fleets,
      TaskDefinitions definitions,
      ActiveRevisions active,
      Rates rates) {
    this.active = active;
    this.rates = rates;
    this.aws = aws;
    this.fleets = fleets;
    this.definitions = definitions;
  }

  /**
   * What was started.
   *
   * @param deployment its id
   * @param revision what it goes to, by its full ARN
   * @param overtaken the revision that someone shipped meanwhile, by its full ARN
   */
  record Started(String deployment, String revision, Optional<String> overtaken) {}

  /**
   * Starts the deployment that the order asks for.
   *
   * @return what was started; empty when the service is gone or is not any more what the plan saw,
   *     so that the next look has to plan anew
   */
  Optional<Started> carryOut(FleetName fleet, Order order) {
    List<Service> found =
        fleets.describe(order.service().cluster(), List.of(order.service().service()));
    if (found.isEmpty() || !found.getFirst().taskDefinition().equals(order.expected())) {
      return Optional.empty();
    }
    try {
      Started started = order.force() ? force(order) : pin(fleet, order);
      if (started.overtaken().isEmpty()) { // Else it has to be given back soon.
        echoes.expect(started.deployment());
      }
      return Optional.of(started);
    } catch (SdkException error) {
      if (AwsError.of(error) == AwsError.GONE) {
        return Optional.empty();
      }
      throw error;
    }
  }

  /** Whether that this deployment has begun is known here, and heard for the first time. */
  boolean isEcho(String deployment) {
    return echoes.isOne(deployment);
  }

  private Started force(Order order) {
    Service updated = aws.updateService(UpdateServiceRequest.builder()
            .cluster(order.service().cluster())
            .service(order.service().service())
            .forceNewDeployment(true)
            .build())
        .service();
    return new Started(ServiceViews.primary(updated).id(), order.expected(), Optional.empty());
  }

  private Started pin(FleetName fleet, Order order) {
    Service updated = update(order, revisionOf(fleet, order));
    DeploymentState started = ServiceViews.primary(updated);
    Optional<String> overtaken = ServiceViews.deployments(updated).stream()
        .filter(deployment -> !deployment.primary())
        .max(Comparator.comparing(DeploymentState::createdAt))
        .map(DeploymentState::taskDefinition)
        .filter(
            theirs -> !theirs.equals(order.expected()) && !theirs.equals(started.taskDefinition()));
    return new Started(started.id(), started.taskDefinition(), overtaken);
  }

  /** No revision is looked at that is older than the newest of a family by more than this. */
  private static final int RETIRED_AT_MOST = 10;

  /**
   * Deregisters Shepherd's revisions of a service's family, and of its extra tasks' families, that
   * name one of these hashes for the fleet. Calls for each family: ListTaskDefinitions, one
   * DescribeTaskDefinition for each of the newest ten that is not known, one
   * DeregisterTaskDefinition for each that is deregistered.
   *
   * @param inUse a full ARN of a revision of the family, which stays
   * @throws AllowanceSpent if the next run has to go on
   */
  void retire(FleetName fleet, String inUse, Set<ConfigHash> hashes) {
    String own = definitions.read(inUse).definition().family();
    List<Made> revisions = Stream.of(
            own,
            ExtraTaskNames.family(own, ExtraTask.Kind.PROBE),
            ExtraTaskNames.family(own, ExtraTask.Kind.CANARY))
        .flatMap(family -> active.newest(family, RETIRED_AT_MOST, fleet).stream())
        .toList();
    for (Made made : revisions) {
      boolean failed = made.names().stream().anyMatch(hashes::contains);
      if (failed && made.shepherds() && !made.arn().equals(inUse)) {
        if (rates.affords(Rate.DEFINITION_WRITES) == 0) {
          throw new AllowanceSpent(
              "this run's allowance of " + Rate.DEFINITION_WRITES + " is spent");
        }
        aws.deregisterTaskDefinition(
            DeregisterTaskDefinitionRequest.builder().taskDefinition(made.arn()).build());
      }
    }
  }

  private Service update(Order order, String revision) {
    return aws.updateService(UpdateServiceRequest.builder()
            .cluster(order.service().cluster())
            .service(order.service().service())
            .taskDefinition(revision)
            .build())
        .service();
  }

  /**
   * The revision that pins the order's hash: one of an earlier try that was not used, or a new one.
   */
  private String revisionOf(FleetName fleet, Order order) {
    Revision base = definitions.read(order.base());
    List<String> newest = order.again() ? newestOf(base.definition().family(), 1) : List.of();
    Optional<String> earlier = newest.stream()
        .filter(arn -> !arn.equals(order.base()))
        .map(definitions::read)
        .filter(revision -> revision.isMadeFrom(base.definition(), order.to()))
        .filter(revision -> pins(revision, fleet, order.to()))
        .map(Revision::definition)
        .map(TaskDefinition::taskDefinitionArn)
        .findFirst();
    return earlier.orElseGet(() -> definitions.register(
        definitions.pinned(base, fleet, order.to(), order.digests()), aws::registerTaskDefinition));
  }

  /** Two fleets in one definition may have equal texts, and so equal hashes. */
  private boolean pins(Revision revision, FleetName fleet, ConfigHash hash) {
    return definitions
        .state(revision.definition().taskDefinitionArn())
        .of(fleet)
        .collectors()
        .stream()
        .map(Collector::reference)
        .filter(reference -> !(reference instanceof ConfigReference.Current))
        .allMatch(new ConfigReference.Pinned(fleet, hash)::equals);
  }

  private List<String> newestOf(String family, int count) {
    return aws.listTaskDefinitions(ListTaskDefinitionsRequest.builder()
            .familyPrefix(family)
            .status(TaskDefinitionStatus.ACTIVE)
            .sort(SortOrder.DESC)
            .maxResults(count)
            .build())
        .taskDefinitionArns();
  }
}
