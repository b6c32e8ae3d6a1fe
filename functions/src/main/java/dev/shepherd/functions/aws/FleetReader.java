package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;

/**
 * Reads which services take which fleet's config, in full pages or not at all.
 *
 * <p>Calls of one {@link #discover}, for S services in each of C clusters: C × max(1, ⌈S/100⌉)
 * ListServices, C × ⌈S/10⌉ DescribeServices, and one DescribeTaskDefinition for each revision that
 * this instance has not read yet. One {@link #tasks} of n tasks and m that stopped within the hour:
 * max(1, ⌈n/100⌉) + max(1, ⌈m/100⌉) ListTasks and ⌈(n+m)/100⌉ DescribeTasks. No page holds more: <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html">services</a>,
 * <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html">their
 * descriptions</a>, <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html">tasks</a>.
 */
public final class FleetReader {
  private static final int LIST_PAGE = 100;
  private static final int SERVICES_PAGE = 10;

  private final EcsReads ecs;
  private final List<String> clusters;
  private final TaskDefinitions definitions;

  public FleetReader(EcsReads ecs, List<String> clusters, TaskDefinitions definitions) {
    this.ecs = ecs;
    this.clusters = List.copyOf(clusters);
    this.definitions = definitions;
  }

  /**
   * Every service that takes a config, under each of its fleets and with that one's collectors.
   *
   * <p>A cluster that does not exist, and a service whose definition may not be read, are told and
   * left out: they are somebody's mistake, and nothing is done to what is not seen. Anything that a
   * later try may mend ends the look.
   *
   * @param hasTime whether to read on; what was read is kept for the next run
   * @param failed takes what was left out, and why
   */
  public Map<FleetName, List<ServiceState>> discover(
      BooleanSupplier hasTime, BiConsumer<String, String> failed) {
    Map<FleetName, List<ServiceState>> fleets = new TreeMap<>();
    Set<String> inUse = new HashSet<>();
    for (String cluster : clusters) {
      for (Service service : services(cluster, failed)) {
        if (!hasTime.getAsBoolean()) {
          throw new ReconcileException(
              "there are more services than one run can read; the next goes on from here");
        }
        if (service.taskDefinition() == null) {
          continue; // An EXTERNAL controller's task sets have the definitions: report-only.
        }
        inUse.add(service.taskDefinition());
        state(cluster, service, failed)
            .ifPresent(state -> state.definition().collectors().stream()
                .map(collector -> collector.reference().fleet())
                .distinct()
                .forEach(fleet ->
                    fleets.computeIfAbsent(fleet, _ -> new ArrayList<>()).add(state.of(fleet))));
      }
    }
    definitions.keepOnly(inUse);
    return fleets;
  }

  /**
   * Every service of a cluster, but those that are going; none where there is no such cluster,
   * which is told.
   */
  public List<Service> services(String cluster, BiConsumer<String, String> failed) {
    try {
      return describe(cluster, list(cluster));
    } catch (ClusterNotFoundException unknown) {
      failed.accept(cluster, "there is no such cluster: correct the stack parameter Clusters");
      return List.of();
    }
  }

  /**
   * A service as the planners see it, for all of its fleets together; empty where its definition
   * may not be read, which is told.
   */
  public Optional<ServiceState> state(
      String cluster, Service service, BiConsumer<String, String> failed) {
    try {
      return Optional.of(
          ServiceViews.state(cluster, service, definitions.state(service.taskDefinition())));
    } catch (SdkException refused) {
      if (AwsError.of(refused) != AwsError.GIVE_UP) {
        throw refused;
      }
      failed.accept(cluster + "/" + service.serviceName(), AwsError.describe(refused));
      return Optional.empty();
    }
  }

  private List<String> list(String cluster) {
    return Pages.all(
        token -> ecs.listServices(ListServicesRequest.builder()
            .cluster(cluster)
            .maxResults(LIST_PAGE)
            .nextToken(token)
            .build()),
        ListServicesResponse::serviceArns,
        ListServicesResponse::nextToken);
  }

  /**
   * These services of a cluster as they are now; one that is gone, or going, is left out.
   *
   * @param services names or ARNs
   */
  public List<Service> describe(String cluster, List<String> services) {
    List<Service> found = new ArrayList<>();
    for (List<String> chunk : Pages.chunks(services, SERVICES_PAGE)) {
      DescribeServicesResponse answer = ecs.describeServices(DescribeServicesRequest.builder()
          .cluster(cluster)
          .services(chunk)
          .include(ServiceField.TAGS)
          .build());
      refuseUnlessMissing(answer.failures());
      answer.services().stream()
          .filter(service -> service.status().equals("ACTIVE"))
          .forEach(found::add);
    }
    return found;
  }

  /**
   * A service's tasks as ECS shows them, with those that <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html">stopped
   * within the last hour</a>; empty when the service is gone.
   */
  public Optional<List<TaskState>> tasks(ServiceName service) {
    List<String> arns;
    try {
      arns = Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
          .flatMap(status -> listTasks(service, status).stream())
          .distinct()
          .toList();
    } catch (ServiceNotFoundException _) {
      return Optional.empty();
    }
    List<TaskState> tasks = new ArrayList<>();
    for (List<String> chunk : Pages.chunks(arns, LIST_PAGE)) {
      DescribeTasksResponse answer = ecs.describeTasks(
          DescribeTasksRequest.builder().cluster(service.cluster()).tasks(chunk).build());
      refuseUnlessMissing(answer.failures());
      answer.tasks().forEach(task -> tasks.add(ServiceViews.state(task)));
    }
    return Optional.of(tasks);
  }

  /** The ARNs of a service's tasks that should run; none when it is gone. */
  public List<String> running(ServiceName service) {
    try {
      return listTasks(service, DesiredStatus.RUNNING);
    } catch (ServiceNotFoundException _) {
      return List.of();
    }
  }

  private List<String> listTasks(ServiceName service, DesiredStatus status) {
    return Pages.all(
        token -> ecs.listTasks(ListTasksRequest.builder()
            .cluster(service.cluster())
            .serviceName(service.service())
            .desiredStatus(status)
            .maxResults(LIST_PAGE)
            .nextToken(token)
            .build()),
        ListTasksResponse::taskArns,
        ListTasksResponse::nextToken);
  }

  static void refuseUnlessMissing(List<Failure> failures) {
    for (Failure failure : failures) {
      if (!"MISSING".equals(failure.reason())) {
        throw new ReconcileException(failure.arn() + " could not be read: " + failure.reason());
      }
    }
  }
}
