package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/**
 * Reads which services take which fleet's config, in full pages or not at all.
 *
 * <p>Calls of one {@link #discover}, for S services in each of C clusters: C × max(1, ⌈S/100⌉)
 * ListServices, C × ⌈S/10⌉ DescribeServices, and one DescribeTaskDefinition for each revision that
 * this instance has not read yet; {@link #tasks} as {@link TaskReader} says. No page holds more: <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html">services</a>,
 * <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html">their
 * descriptions</a>.
 *
 * <p>Services are read anew each time; only what never changes, a revision, is kept for the next
 * run. So a large account's revisions are read over several runs, and until all are known nothing
 * is acted on: an unread one may belong to any fleet.
 */
// Over 200 lines with its Javadoc: all that a look reads of services, page by page.
public final class FleetReader {
  private static final int LIST_PAGE = 100;

  /** How many services one call describes. */
  public static final int SERVICES_PAGE = 10;

  private final EcsReads ecs;
  private final List<String> clusters;
  private final TaskDefinitions definitions;
  private final TaskReader tasks;
  private final RunningTaskReader running;

  /** How many tasks the services of each cluster ran together, at the last {@link #discover}. */
  private Map<String, Integer> inClusters = Map.of();

  public FleetReader(EcsReads ecs, List<String> clusters, TaskDefinitions definitions) {
    this.ecs = ecs;
    this.clusters = List.copyOf(clusters);
    this.definitions = definitions;
    this.tasks = new TaskReader(ecs);
    this.running = new RunningTaskReader(ecs);
  }

  /**
   * Every service that takes a config, under each of its fleets and with that one's collectors.
   *
   * <p>A cluster that does not exist, and a service whose definition may not be read, are told and
   * left out: they are somebody's mistake, and nothing is done to what is not seen. Anything that a
   * later try may mend ends the look.
   *
   * @param failed takes what was left out, and why
   * @throws AllowanceSpent if there is more than this run can read; what never changes is kept
   */
  public Map<FleetName, List<ServiceState>> discover(BiConsumer<String, String> failed) {
    Map<FleetName, List<ServiceState>> fleets = new TreeMap<>();
    Map<String, List<Service>> found = new LinkedHashMap<>();
    Map<String, Integer> running = new HashMap<>();
    Map<ServiceName, Integer> ofService = new HashMap<>();
    Set<String> inUse = new HashSet<>();
    for (String cluster : clusters) {
      List<Service> services = services(cluster, failed);
      found.put(cluster, services);
      running.put(cluster, services.stream().mapToInt(Service::runningCount).sum());
      services.forEach(service ->
          ofService.put(new ServiceName(cluster, service.serviceName()), service.runningCount()));
      // An EXTERNAL controller's task sets have the definitions: report-only.
      services.stream().map(Service::taskDefinition).filter(Objects::nonNull).forEach(inUse::add);
    }
    tasks.begin(running, ofService);
    inClusters = Map.copyOf(running);
    found.forEach((cluster, services) -> services.stream()
        .filter(service -> service.taskDefinition() != null)
        .flatMap(service -> state(cluster, service, inUse, failed).stream())
        .forEach(state -> addTo(fleets, state)));
    definitions.keepOnly(inUse);
    return fleets;
  }

  private static void addTo(Map<FleetName, List<ServiceState>> fleets, ServiceState state) {
    state.definition().collectors().stream()
        .map(collector -> collector.reference().fleet())
        .distinct()
        .forEach(
            fleet -> fleets.computeIfAbsent(fleet, _ -> new ArrayList<>()).add(state.of(fleet)));
  }

  /**
   * These services alone, as {@link #discover} has them; those that are gone are left out. One call
   * for each ten of a cluster.
   */
  public Map<FleetName, List<ServiceState>> look(
      Set<ServiceName> names, BiConsumer<String, String> failed) {
    tasks.begin(Map.of(), Map.of());
    Map<FleetName, List<ServiceState>> fleets = new TreeMap<>();
    names.stream()
        .collect(Collectors.groupingBy(
            ServiceName::cluster,
            TreeMap::new,
            Collectors.mapping(ServiceName::service, Collectors.toList())))
        .forEach((cluster, services) -> describe(cluster, services).stream()
            .filter(service -> service.taskDefinition() != null)
            .flatMap(service -> state(cluster, service, failed).stream())
            .forEach(state -> addTo(fleets, state)));
    return fleets;
  }

  private Optional<ServiceState> state(
      String cluster, Service service, Set<String> inUse, BiConsumer<String, String> failed) {
    try {
      return state(cluster, service, failed);
    } catch (AllowanceSpent spent) {
      throw new AllowanceSpent(spent.reason() + "; " + definitions.known(inUse) + " of "
          + inUse.size() + " task definitions are known, and the next run goes on from there");
    }
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
   * One service as it is now, with the collectors of all its fleets; empty when it is gone, or its
   * definition may not be read, which is told.
   */
  public Optional<ServiceState> look(ServiceName name, BiConsumer<String, String> failed) {
    return describe(name.cluster(), List.of(name.service())).stream()
        .filter(service -> service.taskDefinition() != null)
        .findFirst()
        .flatMap(service -> state(name.cluster(), service, failed));
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
   * The services' tasks, with those that stopped within the last hour; without services that are
   * gone.
   */
  public Map<ServiceName, List<TaskState>> tasks(Set<ServiceName> services) {
    return tasks.tasks(services);
  }

  /** {@link RunningTaskReader#within}. */
  public List<ServiceState> within(int calls, List<ServiceState> services) {
    return running.within(calls, services, inClusters);
  }

  /** How many calls {@link #tasks} takes for these services, as far as can be known before. */
  public int calls(Set<ServiceName> services) {
    return tasks.calls(services);
  }

  /** The tasks of these services that run: {@link RunningTaskReader#running}. */
  public Map<ServiceName, List<TaskState>> running(
      Collection<ServiceState> services, BiConsumer<String, String> failed) {
    return running.running(services, inClusters, failed);
  }

  /** Which revisions of a family tasks of a cluster run, whoever started them. */
  public Set<String> definitionsRunning(String cluster, String family) {
    return tasks.definitionsRunning(cluster, family);
  }

  static void refuseUnlessMissing(List<Failure> failures) {
    for (Failure failure : failures) {
      if (!"MISSING".equals(failure.reason())) {
        throw new ReconcileException(failure.arn() + " could not be read: " + failure.reason());
      }
    }
  }
}
