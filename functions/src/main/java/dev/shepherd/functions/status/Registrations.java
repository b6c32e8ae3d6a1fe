package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;

/**
 * Cloud Map services beside the tasks that should be in them. ECS gives an instance its <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html">task's
 * id</a>, and so does Shepherd. Of I instances: max(1, ⌈I/100⌉) ListInstances, once for each Cloud
 * Map service and look.
 */
final class Registrations {
  private static final int PAGE = 100;

  private final Map<String, List<InstanceSummary>> listed = new HashMap<>();
  private final Map<String, List<ServiceState>> registrants = new HashMap<>();
  private final List<ExtraTask> canaries;

  /** Lists what these services register in; they have their tasks. */
  Registrations(
      StatusAws aws, Collection<ServiceState> services, List<ExtraTask> extras, Guarded guarded) {
    canaries =
        extras.stream().filter(each -> each.kind() == ExtraTask.Kind.CANARY).toList();
    services.forEach(service -> service
        .registry()
        .ifPresent(
            arn -> registrants.computeIfAbsent(arn, _ -> new ArrayList<>()).add(service)));
    registrants
        .keySet()
        .forEach(arn -> guarded
            .read(arn, () -> list(aws, idOf(arn)))
            .ifPresent(instances -> listed.put(arn, instances)));
  }

  private static String idOf(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static List<InstanceSummary> list(StatusAws aws, String id) {
    return Pages.all(
        token -> aws.listInstances(ListInstancesRequest.builder()
            .serviceId(id)
            .maxResults(PAGE)
            .nextToken(token)
            .build()),
        ListInstancesResponse::instances,
        ListInstancesResponse::nextToken);
  }

  /** Instance ids, by the ARN of their Cloud Map service. */
  Map<String, Set<String>> ids() {
    return listed.entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey,
            entry ->
                entry.getValue().stream().map(InstanceSummary::id).collect(Collectors.toSet())));
  }

  /** Those of a fleet's services; one whose listing or tasks could not be read is left out. */
  List<RegistryView> of(List<ServiceState> services) {
    return services.stream()
        .flatMap(service -> service.registry().stream())
        .distinct()
        .sorted()
        .flatMap(arn -> of(arn).stream())
        .toList();
  }

  private Optional<RegistryView> of(String arn) {
    List<ServiceState> own = Optional.ofNullable(registrants.get(arn)).orElse(List.of());
    boolean whole = own.stream().allMatch(service -> service.tasks().isPresent());
    return Optional.ofNullable(listed.get(arn))
        .filter(_ -> whole)
        .map(instances -> compared(idOf(arn), own, instances));
  }

  private RegistryView compared(
      String id, List<ServiceState> own, List<InstanceSummary> instances) {
    Set<String> names =
        own.stream().map(service -> service.name().service()).collect(Collectors.toSet());
    Set<String> known = new HashSet<>();
    Set<String> missing = new TreeSet<>();
    for (ServiceState service : own) {
      service.tasks().orElse(List.of()).forEach(task -> {
        known.add(task.id());
        if (task.running() && ServiceLook.isServing(service, task)) {
          missing.add(task.id());
        }
      });
    }
    canaries.stream()
        .filter(canary -> names.contains(canary.service().service()))
        .forEach(canary -> {
          known.add(canary.task().id());
          if (canary.task().running() && !canary.draining()) {
            missing.add(canary.task().id());
          }
        });
    int expected = missing.size();
    Set<String> ids = instances.stream().map(InstanceSummary::id).collect(Collectors.toSet());
    missing.removeAll(ids);
    List<InstanceSummary> strangers =
        instances.stream().filter(instance -> !known.contains(instance.id())).toList();
    List<String> stale = strangers.stream()
        .filter(instance -> isOurs(instance.attributes(), names))
        .map(InstanceSummary::id)
        .sorted()
        .toList();
    return new RegistryView(
        id,
        expected,
        instances.size(),
        List.copyOf(missing),
        stale,
        strangers.size() - stale.size());
  }

  /** ECS's, of one of these services, or Shepherd's. */
  private static boolean isOurs(Map<String, String> attributes, Set<String> services) {
    return Optional.ofNullable(attributes.get("ECS_SERVICE_NAME"))
        .map(services::contains)
        .orElseGet(() -> attributes.containsKey("SHEPHERD_FLEET"));
  }
}
