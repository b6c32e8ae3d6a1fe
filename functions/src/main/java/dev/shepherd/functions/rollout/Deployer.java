package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.ServiceViews;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.aws.TaskDefinitions.Revision;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * Carries out one service's order. The service is looked at right before, and the answer right
 * after: when someone shipped in between, it is done over from theirs.
 *
 * <p>Calls: DescribeServices, ListTaskDefinitions, RegisterTaskDefinition, UpdateService; one
 * DescribeTaskDefinition where the family's newest revision is not the base, and the last three
 * again where it is done over. A forced one: DescribeServices, UpdateService.
 */
final class Deployer {
  private final RolloutAws aws;
  private final FleetReader fleets;
  private final TaskDefinitions definitions;

  Deployer(RolloutAws aws, FleetReader fleets, TaskDefinitions definitions) {
    this.aws = aws;
    this.fleets = fleets;
    this.definitions = definitions;
  }

  /**
   * What was started.
   *
   * @param deployment its id
   * @param over the revision of ours that had overtaken someone, and that it replaces; by its ARN
   */
  record Started(String deployment, Optional<String> over) {}

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
      return Optional.of(order.force() ? force(order) : pin(fleet, order));
    } catch (SdkException error) {
      if (AwsError.of(error) == AwsError.GONE) {
        return Optional.empty();
      }
      throw error;
    }
  }

  private Started force(Order order) {
    Service updated = aws.updateService(UpdateServiceRequest.builder()
            .cluster(order.service().cluster())
            .service(order.service().service())
            .forceNewDeployment(true)
            .build())
        .service();
    return new Started(ServiceViews.primary(updated).id(), Optional.empty());
  }

  private Started pin(FleetName fleet, Order order) {
    Service updated = update(order, revisionOf(fleet, order));
    DeploymentState started = ServiceViews.primary(updated);
    Optional<String> overtaken = updated.deployments().stream()
        .map(ServiceViews::state)
        .filter(deployment -> !deployment.primary())
        .max(Comparator.comparing(DeploymentState::createdAt))
        .map(DeploymentState::taskDefinition)
        .filter(
            theirs -> !theirs.equals(order.expected()) && !theirs.equals(started.taskDefinition()));
    if (overtaken.isEmpty()) {
      return new Started(started.id(), Optional.empty());
    }
    Order over = new Order(
        order.service(), overtaken.get(), started.taskDefinition(), order.to(), false, Map.of());
    Service again = update(over, revisionOf(fleet, over));
    return new Started(ServiceViews.primary(again).id(), Optional.of(over.expected()));
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
    Optional<String> earlier = newestOf(base.definition().family())
        .filter(arn -> !arn.equals(order.base()))
        .map(definitions::read)
        .filter(revision -> revision.isMadeFrom(base.definition(), order.to()))
        .map(Revision::definition)
        .map(TaskDefinition::taskDefinitionArn);
    return earlier.orElseGet(() -> aws.registerTaskDefinition(
            definitions.pinned(base, fleet, order.to(), order.digests()))
        .taskDefinition()
        .taskDefinitionArn());
  }

  private Optional<String> newestOf(String family) {
    return aws
        .listTaskDefinitions(ListTaskDefinitionsRequest.builder()
            .familyPrefix(family)
            .status(TaskDefinitionStatus.ACTIVE)
            .sort(SortOrder.DESC)
            .maxResults(1)
            .build())
        .taskDefinitionArns()
        .stream()
        .findFirst();
  }
}
