package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.ExtraTaskNames;
import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.rollout.EndedExtraTasks.Asked;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.Service;

/**
 * Reads the fleets' extra tasks. Calls of a run, for each cluster: ListTasks for probes and for
 * canaries, and DescribeTasks where there are any, for all fleets together; what
 * {@link EndedExtraTasks} takes where ended ones are asked for; ListInstances, and GetService the
 * first time, for each Cloud Map service.
 */
final class ExtraTaskReader {
  private static final int PAGE = 100;

  private final RolloutAws aws;
  private final List<String> clusters;
  private final StandaloneTasks standalone;
  private final EndedExtraTasks ended;

  /** By cluster, those of all fleets, as this run has read them. */
  private final Map<String, List<Task>> up = new HashMap<>();

  private final Map<String, Duration> ttls = new HashMap<>();

  ExtraTaskReader(RolloutAws aws, List<String> clusters, TaskDefinitions definitions) {
    this.aws = aws;
    this.clusters = clusters;
    this.standalone = new StandaloneTasks(aws);
    this.ended = new EndedExtraTasks(standalone, definitions);
  }

  /** A new run: what was read before is read again. */
  void begin() {
    up.clear();
    ended.begin();
  }

  /** What was asked for, with what was read of them before. */
  Extras read(RolloutSnapshot snapshot, ExtrasLook look) {
    Extras before = snapshot.extras().orElseGet(() -> running(snapshot.fleet()));
    // One that ended since it was read first is the same one.
    Map<String, ExtraTask> tasks = new LinkedHashMap<>();
    before.tasks().forEach(extra -> tasks.put(extra.task().id(), extra));
    Set<Beside> endedOf = new HashSet<>(before.endedOf());
    Map<ServiceName, InCloudMap> registered = new HashMap<>(before.registered());
    List<Asked> asked = new ArrayList<>();
    for (ServiceState service : snapshot.services()) {
      for (Kind kind : Kind.values()) {
        Beside beside = new Beside(kind, service.name());
        if (look.endedOf().contains(beside) && endedOf.add(beside)) {
          asked.add(new Asked(service, kind));
        }
      }
      if (look.registeredOf().contains(service.name())) {
        registered.put(
            service.name(), service.registry().map(this::inCloudMap).orElse(InCloudMap.NONE));
      }
    }
    ended.of(snapshot.fleet(), asked).forEach(extra -> tasks.put(extra.task().id(), extra));
    return new Extras(List.copyOf(tasks.values()), endedOf, registered, before.told());
  }

  private Extras running(FleetName fleet) {
    List<ExtraTask> tasks = clusters.stream()
        .flatMap(cluster -> up.computeIfAbsent(cluster, this::running).stream()
            .flatMap(task -> ExtraTaskNames.extra(fleet, cluster, task).stream()))
        .toList();
    return new Extras(tasks, Set.of(), Map.of(), false);
  }

  private List<Task> running(String cluster) {
    List<String> arns = Stream.of(Kind.values())
        .flatMap(kind -> standalone.running(cluster, ExtraTaskNames.startedBy(kind)).stream())
        .toList();
    return standalone.describe(cluster, arns);
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
