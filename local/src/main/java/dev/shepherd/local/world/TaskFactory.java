package dev.shepherd.local.world;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.Task;

/** Places tasks and makes them, in PROVISIONING with all that AWS shows from the start. */
final class TaskFactory {
  static final String NO_FARGATE_CAPACITY =
      "Capacity is unavailable at this time. Please try again later or in a different availability"
          + " zone";

  private final VirtualClock clock;
  private final Ids ids;
  private final TaskNetwork network;

  TaskFactory(VirtualClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
    network = new TaskNetwork(ids);
  }

  TaskNetwork network() {
    return network;
  }

  /** Makes the task that is asked for; empty when there is no host to place it on. */
  Optional<WorldTask> make(TaskOrder order) {
    if (order.launchType() == LaunchType.FARGATE) {
      return Optional.of(make(order, ownInterface(order, Optional.empty())));
    }
    return host(order)
        .map(host -> TaskNetwork.isOwnInterface(order.definition())
            ? ownInterface(order, Optional.of(host))
            : new Place(host.zone(), host.address(), 0, Optional.empty(), Optional.of(host)))
        .map(place -> make(order, place));
  }

  private Place ownInterface(TaskOrder order, Optional<WorldHost> host) {
    int subnet = order
        .deployment()
        .map(each -> each.service().emptiestSubnet(order.subnets().size()))
        .orElseGet(
            () -> order.cluster().tasks().size() % Math.max(1, order.subnets().size()));
    String zone = host.map(WorldHost::zone).orElse(TaskNetwork.zone(subnet));
    Optional<String> subnetId = order.subnets().stream().skip(subnet).findFirst();
    return new Place(zone, network.address(zone), subnet, subnetId, host);
  }

  private static Optional<WorldHost> host(TaskOrder order) {
    var hosts = order.cluster().hosts().values().stream();
    Optional<WorldService> daemon =
        order.deployment().map(WorldDeployment::service).filter(WorldService::isDaemon);
    return daemon
        .map(service -> {
          var deployments = new java.util.HashSet<>(service.deployments());
          return hosts.filter(host -> !host.holdsTaskOf(deployments)).findFirst();
        })
        .orElseGet(() -> hosts.min(Comparator.comparingInt(WorldHost::load)));
  }

  private WorldTask make(TaskOrder order, Place place) {
    String path = order.cluster().name() + "/" + ids.hex(32);
    String arn = Arns.of("ecs", "task/" + path);
    List<Attachment> attachments = TaskNetwork.isOwnInterface(order.definition())
        ? List.of(network.attachment(place))
        : List.of();
    List<WorldContainer> containers = order.definition().containerDefinitions().stream()
        .map(each -> new WorldContainer(each, container(each, arn, path, attachments, place)))
        .toList();
    WorldTask task = new WorldTask(order, place, task(order, place, arn, attachments), containers);
    order.cluster().add(task);
    task.service().ifPresent(service -> service.add(task));
    place.host().ifPresent(host -> host.add(task));
    return task;
  }

  private Container container(
      ContainerDefinition definition,
      String taskArn,
      String path,
      List<Attachment> attachments,
      Place place) {
    return Container.builder()
        .containerArn(Arns.of("ecs", "container/" + path + "/" + ids.uuid()))
        .taskArn(taskArn)
        .name(definition.name())
        .image(definition.image())
        .imageDigest(Digests.ofImage(definition.image()))
        .runtimeId(ids.hex(32))
        .lastStatus("PENDING")
        .healthStatus(HealthStatus.UNKNOWN)
        .networkBindings(
            attachments.isEmpty() ? TaskNetwork.bindings(definition, place.host()) : List.of())
        .networkInterfaces(attachments.stream()
            .map(each -> NetworkInterface.builder()
                .attachmentId(each.id())
                .privateIpv4Address(place.address())
                .build())
            .toList())
        .cpu(Integer.toString(definition.cpu() == null ? 0 : definition.cpu()))
        .memory(definition.memory() == null ? null : definition.memory().toString())
        .build();
  }

  private static String platformVersion(TaskOrder order) {
    return order.platformVersion().filter(each -> !each.equals("LATEST")).orElse("1.4.0");
  }

  private Task task(TaskOrder order, Place place, String arn, List<Attachment> attachments) {
    boolean fargate = order.launchType() == LaunchType.FARGATE;
    return Task.builder()
        .taskArn(arn)
        .clusterArn(order.cluster().arn())
        .taskDefinitionArn(order.definition().taskDefinitionArn())
        .group(order.group())
        .startedBy(order.startedBy().orElse(null))
        .launchType(order.launchType())
        .capacityProviderName(order.capacityProvider().orElse(null))
        .platformVersion(fargate ? platformVersion(order) : null)
        .platformFamily(fargate ? "Linux" : null)
        .ephemeralStorage(fargate ? EphemeralStorage.builder().sizeInGiB(20).build() : null)
        .containerInstanceArn(place.host().map(WorldHost::arn).orElse(null))
        .availabilityZone(place.zone())
        .attachments(attachments)
        .attributes(
            Attribute.builder().name("ecs.cpu-architecture").value("arm64").build())
        .cpu(Optional.ofNullable(order.overrides().cpu())
            .orElse(order.definition().cpu()))
        .memory(Optional.ofNullable(order.overrides().memory())
            .orElse(order.definition().memory()))
        .createdAt(clock.instant())
        .desiredStatus("RUNNING")
        .lastStatus("PROVISIONING")
        .healthStatus(HealthStatus.UNKNOWN)
        .enableExecuteCommand(false)
        .overrides(order.overrides())
        .tags(order.tags())
        .version(0L)
        .build();
  }
}
