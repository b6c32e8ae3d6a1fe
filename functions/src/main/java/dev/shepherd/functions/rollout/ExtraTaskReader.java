package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.ExtraTaskNames;
import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Extras;
import dev.shepherd.shared.rollout.Extras.Beside;
import dev.shepherd.shared.rollout.Extras.InCloudMap;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.Service;

/**
 * Reads one fleet's extra tasks. Calls, for each cluster: ListTasks for probes and for canaries,
 * and DescribeTasks where there are any; ListTasks for each kind and service whose ended ones are
 * asked for, and DescribeTaskDefinition once for each of their revisions; ListInstances, and
 * GetService the first time, for each Cloud Map service.
 */
final class ExtraTaskReader {
  private static final int PAGE = 100;

  private final RolloutAws aws;
  private final List<String> clusters;
  private final TaskDefinitions definitions;
  private final StandaloneTasks standalone;
  private final Map<String, Duration> ttls = new HashMap<>();

  ExtraTaskReader(RolloutAws aws, List<String> clusters, TaskDefinitions definitions) {
    this.aws = aws;
    this.clusters = clusters;
    this.definitions = definitions;
    this.standalone = new StandaloneTasks(aws);
  }

  /** What was asked for, with what was read of them before. */
  Extras read(RolloutSnapshot snapshot, ExtrasLook look) {
    Extras before = snapshot.extras().orElseGet(() -> running(snapshot.fleet()));
    // One that ended since it was read first is the same one.
    Map<String, ExtraTask> tasks = new LinkedHashMap<>();
    before.tasks().forEach(extra -> tasks.put(extra.task().id(), extra));
    Set<Beside> endedOf = new HashSet<>(before.endedOf());
    Map<ServiceName, InCloudMap> registered = new HashMap<>(before.registered());
    for (ServiceState service : snapshot.services()) {
      for (Kind kind : Kind.values()) {
        Beside beside = new Beside(kind, service.name());
        if (look.endedOf().contains(beside) && endedOf.add(beside)) {
          ended(snapshot.fleet(), service, kind)
              .forEach(extra -> tasks.put(extra.task().id(), extra));
        }
      }
      if (look.registeredOf().contains(service.name())) {
        registered.put(
            service.name(), service.registry().map(this::inCloudMap).orElse(InCloudMap.NONE));
      }
    }
    return new Extras(List.copyOf(tasks.values()), endedOf, registered, before.told());
  }

  private Extras running(FleetName fleet) {
    List<ExtraTask> tasks = clusters.stream()
        .flatMap(cluster -> {
          List<String> arns = Stream.of(Kind.values())
              .flatMap(kind -> standalone.running(cluster, ExtraTaskNames.startedBy(kind)).stream())
              .toList();
          return extras(fleet, cluster, arns).stream();
        })
        .toList();
    return new Extras(tasks, Set.of(), Map.of(), false);
  }

  /** Both listings may show one that is just ending. */
  private List<ExtraTask> ended(FleetName fleet, ServiceState service, Kind kind) {
    String family = definitions.read(service.definition().arn()).definition().family();
    String cluster = service.name().cluster();
    List<String> arns = standalone.stopped(cluster, ExtraTaskNames.family(family, kind));
    return standalone.describe(cluster, arns).stream()
        .map(task -> task.hasTags() && !task.tags().isEmpty() ? task : tagged(task, service))
        .flatMap(task -> ExtraTaskNames.extra(fleet, cluster, task).stream())
        .filter(extra -> extra.task().stop().isPresent())
        .toList();
  }

  /**
   * <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html">StopTask</a>
   * deletes a task's tags: then its definition, which was made for it, says what it was.
   */
  private Task tagged(Task task, ServiceState service) {
    Map<String, String> tags =
        new HashMap<>(definitions.read(task.taskDefinitionArn()).tags());
    tags.put(ExtraTaskNames.SERVICE_TAG, service.name().service());
    List<Tag> known = tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
    return task.toBuilder().tags(known).build();
  }

  private List<ExtraTask> extras(FleetName fleet, String cluster, List<String> arns) {
    return standalone.describe(cluster, arns).stream()
        .flatMap(task -> ExtraTaskNames.extra(fleet, cluster, task).stream())
        .toList();
  }

  private InCloudMap inCloudMap(String registry) {
    String id = registry.substring(registry.lastIndexOf('/') + 1);
    try {
      Set<String> ids = Pages.all(
              token -> aws.listInstances(ListInstancesRequest.builder()
                  .serviceId(id)
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build()),
              ListInstancesResponse::instances,
              ListInstancesResponse::nextToken)
          .stream()
          .map(InstanceSummary::id)
          .collect(Collectors.toSet());
      return new InCloudMap(ids, ttls.computeIfAbsent(id, this::ttl));
    } catch (SdkException error) {
      if (AwsError.of(error) == AwsError.GONE) {
        return InCloudMap.NONE;
      }
      throw error;
    }
  }

  /** Of an HTTP namespace's service nothing is kept in DNS. */
  private Duration ttl(String id) {
    Service service = aws.getService(GetServiceRequest.builder().id(id).build()).service();
    return service.dnsConfig() == null
        ? Duration.ZERO
        : service.dnsConfig().dnsRecords().stream()
            .map(DnsRecord::ttl)
            .max(Long::compare)
            .map(Duration::ofSeconds)
            .orElse(Duration.ZERO);
  }
}
