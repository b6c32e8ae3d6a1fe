package dev.shepherd.local.scenario;

import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldHost;
import dev.shepherd.local.world.WorldTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.servicediscovery.model.CreateServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceType;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** Builds a scenario's world as its owners would have: clusters, parameters, services. */
final class Stage {
  private static final String NAMESPACE = "collectors.local";

  private final World world;
  private final Scenario scenario;
  private final Map<String, Integer> releases = new HashMap<>();
  private final Map<String, List<WorldHost>> hosts = new HashMap<>();

  Stage(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
  }

  void build() {
    scenario.clusters().forEach(world.ecs()::createCluster);
    alarms().forEach(alarm -> world.alarms().set(alarm, StateValue.OK));
    String namespace =
        world.cloudMap().createNamespace(NAMESPACE, NamespaceType.DNS_PRIVATE).id();
    for (FleetSpec fleet : scenario.fleets()) {
      put(fleet.config(), fleet.text(), fleet);
      fleet.services().forEach(service -> create(fleet, service, namespace));
    }
  }

  /** The alarms that a service's tag or a step names: at first all is well. */
  private Stream<String> alarms() {
    Stream<String> tagged = scenario.fleets().stream()
        .flatMap(fleet -> fleet.services().stream())
        .map(service -> service.tags().getOrDefault("shepherd:alarms", ""))
        .flatMap(names -> Arrays.stream(names.split("[,+]", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty());
    Stream<String> stepped = scenario.steps().stream()
        .map(PlannedStep::step)
        .filter(Step.Alarm.class::isInstance)
        .map(step -> ((Step.Alarm) step).name());
    return Stream.concat(tagged, stepped);
  }

  /** An operator's edit; one that was deleted comes again as what the fleet says it is. */
  void put(String parameter, String text) {
    Optional<FleetSpec> fleet = scenario.fleets().stream()
        .filter(each -> each.config().equals(parameter))
        .filter(_ -> world.parameters().find(parameter).isEmpty())
        .findFirst();
    fleet.ifPresentOrElse(
        gone -> put(parameter, text, gone), () -> world.parameters().put(parameter, text));
  }

  private void put(String name, String text, FleetSpec fleet) {
    world
        .parameters()
        .put(PutParameterRequest.builder()
            .name(name)
            .value(text)
            .type(fleet.secure() ? ParameterType.SECURE_STRING : ParameterType.STRING)
            .tier(ParameterTier.INTELLIGENT_TIERING)
            .build());
  }

  private void create(FleetSpec fleet, ServiceSpec spec, String namespace) {
    String source = source(fleet, spec.reference());
    world
        .parameters()
        .find(source)
        .ifPresentOrElse(there -> {}, () -> put(source, fleet.text(), fleet));
    for (int host = 0; host < spec.hosts(); host++) {
      hosts
          .computeIfAbsent(spec.name(), _ -> new ArrayList<>())
          .add(world.ecs().addHost(cluster(spec), (char) ('a' + host % spec.zones())));
    }
    Blueprint blueprint = new Blueprint(spec);
    Optional<String> registry =
        spec.discovery() ? Optional.of(registry(spec, namespace)) : Optional.empty();
    world
        .ecs()
        .createService(blueprint.service(release(spec, source).taskDefinitionArn(), registry));
  }

  /** Registers the next release of the service's app, with the collector reading this parameter. */
  TaskDefinition release(ServiceSpec spec, String valueFrom) {
    int release = releases.merge(spec.name(), 1, Integer::sum);
    return world
        .ecs()
        .taskDefinitions()
        .register(new Blueprint(spec).taskDefinition(valueFrom, release));
  }

  /** The service of this name as the scenario describes it. */
  ServiceSpec spec(String name) {
    return fleetOf(name).services().stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private FleetSpec fleetOf(String service) {
    return scenario.fleets().stream()
        .filter(fleet -> fleet.services().stream().anyMatch(spec -> spec.name().equals(service)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such service: " + service));
  }

  /** The service's running tasks, by id; none when the service is gone. */
  List<WorldTask> running(String service) {
    return cluster(spec(service)).services().values().stream()
        .filter(found -> found.name().equals(service))
        .flatMap(found -> found.tasks().values().stream())
        .filter(WorldTask::isRunning)
        .toList();
  }

  private WorldCluster cluster(ServiceSpec spec) {
    return world.ecs().cluster(spec.cluster());
  }

  /** Terminates one of the hosts that were made for a service, counted from 1. */
  void stopHost(String service, int host) {
    List<WorldHost> made = hosts.getOrDefault(service, List.of());
    world.ecs().stopHost(cluster(spec(service)), made.get(host - 1));
  }

  /** What a definition that is shipped now names: pinned is what {@code live} names now. */
  String sourceNow(ServiceSpec spec, ServiceSpec.Reference reference) {
    FleetSpec fleet = fleetOf(spec.name());
    String live = "/shepherd" + fleet.config() + "/live";
    return reference == ServiceSpec.Reference.PINNED
            && world.parameters().find(live).isPresent()
        ? world.parameters().get(live).latest().text()
        : source(fleet, reference);
  }

  private String source(FleetSpec fleet, ServiceSpec.Reference reference) {
    String own = "/shepherd" + fleet.config();
    return switch (reference) {
      case BY_NAME -> fleet.config();
      case CURRENT -> own + "/current";
      case PINNED ->
        own + "/revisions/" + ConfigReads.hash(world.parameters(), fleet.config(), fleet.text());
    };
  }

  private String registry(ServiceSpec spec, String namespace) {
    return world
        .cloudMap()
        .createService(CreateServiceRequest.builder()
            .name(spec.name())
            .namespaceId(namespace)
            .dnsConfig(dns ->
                dns.dnsRecords(DnsRecord.builder().type(RecordType.A).ttl(10L).build()))
            .healthCheckCustomConfig(custom -> {})
            .build())
        .arn();
  }
}
