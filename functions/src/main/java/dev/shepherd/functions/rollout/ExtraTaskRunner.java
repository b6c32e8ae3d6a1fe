package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.ExtraTaskNames;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.Revision;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.RolloutDecision.ExtraOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Starts, drains and stops extra tasks. Calls: one DescribeServices for each ten orders, and for an
 * order of n tasks RegisterTaskDefinition, or ListTaskDefinitions first where an earlier try may
 * have left a revision, and ⌈n/10⌉ RunTask.
 */
final class ExtraTaskRunner {
  /**
   * <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html">RunTask</a>
   * starts no more at once.
   */
  private static final int AT_ONCE = 10;

  private final RolloutAws aws;
  private final FleetReader fleets;
  private final TaskDefinitions definitions;

  ExtraTaskRunner(RolloutAws aws, FleetReader fleets, TaskDefinitions definitions) {
    this.aws = aws;
    this.fleets = fleets;
    this.definitions = definitions;
  }

  /**
   * Starts the tasks of these orders, each with its service's own network and capacity as they were
   * right before: ten services are read at once.
   *
   * @throws NoPlaceException if a service is gone, or ECS has no place for a task
   */
  void start(FleetName fleet, List<ExtraOrder> orders) {
    orders.stream()
        .collect(Collectors.groupingBy(
            order -> order.service().cluster(), TreeMap::new, Collectors.toList()))
        .forEach((cluster, all) -> Pages.chunks(all, FleetReader.SERVICES_PAGE)
            .forEach(chunk -> start(fleet, cluster, chunk)));
  }

  private void start(FleetName fleet, String cluster, List<ExtraOrder> orders) {
    Map<String, Service> services = fleets
        .describe(
            cluster, orders.stream().map(order -> order.service().service()).toList())
        .stream()
        .collect(Collectors.toMap(Service::serviceName, service -> service));
    for (ExtraOrder order : orders) {
      start(
          fleet,
          order,
          Optional.ofNullable(services.get(order.service().service()))
              .orElseThrow(() -> new NoPlaceException(order.service() + " is gone")));
    }
  }

  private void start(FleetName fleet, ExtraOrder order, Service beside) {
    RunTaskRequest.Builder request = like(beside)
        .cluster(order.service().cluster())
        .taskDefinition(revisionOf(fleet, order))
        .startedBy(ExtraTaskNames.startedBy(order.kind()))
        .tags(
            tag(ExtraTaskNames.FLEET_TAG, fleet.toString()),
            tag(ExtraTaskNames.SERVICE_TAG, order.service().service()),
            tag(ExtraTaskNames.CONFIG_TAG, order.config().toString()));
    for (int started = 0; started < order.count(); started += AT_ONCE) {
      RunTaskResponse answer = aws.runTask(request
          .count(Math.min(AT_ONCE, order.count() - started))
          .clientToken(order.token() + "-" + started)
          .build());
      if (!answer.failures().isEmpty()) {
        throw new NoPlaceException("no task could be started beside " + order.service() + ": "
            + answer.failures().getFirst().reason());
      }
    }
  }

  private static RunTaskRequest.Builder like(Service service) {
    RunTaskRequest.Builder request = RunTaskRequest.builder()
        .networkConfiguration(service.networkConfiguration())
        .platformVersion(service.platformVersion())
        .placementConstraints(service.placementConstraints())
        .placementStrategy(service.placementStrategy());
    return service.capacityProviderStrategy().isEmpty()
        ? request.launchType(service.launchType())
        : request.capacityProviderStrategy(service.capacityProviderStrategy());
  }

  private String revisionOf(FleetName fleet, ExtraOrder order) {
    Revision base = definitions.read(order.base());
    String family = ExtraTaskNames.family(base.definition().family(), order.kind());
    RegisterTaskDefinitionRequest wanted =
        definitions.extra(base, fleet, order.config(), order.digests(), order.kind());
    List<String> newest = order.again() ? newest(family) : List.of();
    return newest.stream()
        .map(definitions::read)
        .filter(revision -> revision.isMadeFrom(base.definition(), order.config()))
        .filter(revision -> fleet.toString().equals(revision.tags().get(ExtraTaskNames.FLEET_TAG)))
        .filter(revision -> images(revision.definition().containerDefinitions())
            .equals(images(wanted.containerDefinitions())))
        .map(revision -> revision.definition().taskDefinitionArn())
        .findFirst()
        .orElseGet(() -> aws.registerTaskDefinition(wanted).taskDefinition().taskDefinitionArn());
  }

  /** What runs under one tag may have changed since an earlier try. */
  private static List<String> images(List<ContainerDefinition> containers) {
    return containers.stream().map(ContainerDefinition::image).toList();
  }

  private List<String> newest(String family) {
    return aws.listTaskDefinitions(ListTaskDefinitionsRequest.builder()
            .familyPrefix(family)
            .status(TaskDefinitionStatus.ACTIVE)
            .sort(SortOrder.DESC)
            .maxResults(1)
            .build())
        .taskDefinitionArns();
  }

  /** Has RegistrationSync take these out of Cloud Map. */
  void drain(List<ExtraTask> tasks) {
    tasks.stream()
        .filter(extra -> !extra.draining())
        .forEach(extra -> aws.tagResource(TagResourceRequest.builder()
            .resourceArn(arn(extra))
            .tags(tag(ExtraTaskNames.DRAIN_TAG, "true"))
            .build()));
  }

  /** Stops these; the reason begins as every one of Shepherd's does. */
  void stop(List<ExtraTask> tasks) {
    tasks.forEach(extra -> aws.stopTask(StopTaskRequest.builder()
        .cluster(extra.service().cluster())
        .task(extra.task().id())
        .reason("shepherd: this " + extra.kind().name().toLowerCase(Locale.ROOT) + " is done with")
        .build()));
  }

  /** A task's ARN has the partition, region and account of its definition. */
  private static String arn(ExtraTask extra) {
    String definition = extra.task().taskDefinition();
    return definition.substring(0, definition.indexOf(":task-definition/")) + ":task/"
        + extra.service().cluster() + "/" + extra.task().id();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
