package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Addresses, network interfaces and ports. Zone a has 10.0.0.0/12, zone b 10.16.0.0/12 and so on.
 */
final class TaskNetwork {
  private final Ids ids;
  private final Map<String, Integer> taken = new HashMap<>();

  TaskNetwork(Ids ids) {
    this.ids = ids;
  }

  /** The zone of a subnet by its place in the configuration: a, b, c … */
  static String zone(int subnet) {
    return Arns.REGION + (char) ('a' + subnet);
  }

  /** An address of its own: none is given twice. */
  String address(String zone) {
    int number = taken.merge(zone, 1, Integer::sum) + 3;
    int block = (zone.charAt(zone.length() - 1) - 'a') * 16 + (number >> 16);
    return "10.%d.%d.%d".formatted(block, number >> 8 & 0xff, number & 0xff);
  }

  static boolean isOwnInterface(TaskDefinition definition) {
    return definition.networkMode() == NetworkMode.AWSVPC;
  }

  Attachment attachment(Place place) {
    List<KeyValuePair> details = new ArrayList<>();
    place.subnetId().ifPresent(subnet -> details.add(pair("subnetId", subnet)));
    details.add(pair("networkInterfaceId", "eni-" + ids.hex(17)));
    details.add(pair("macAddress", "0a:" + ids.hex(10).replaceAll("(..)(?=.)", "$1:")));
    String name = "ip-" + place.address().replace('.', '-') + "." + Arns.REGION;
    details.add(pair("privateDnsName", name + ".compute.internal"));
    details.add(pair("privateIPv4Address", place.address()));
    return Attachment.builder()
        .id(ids.uuid())
        .type("ElasticNetworkInterface")
        .status("ATTACHED")
        .details(details)
        .build();
  }

  private static KeyValuePair pair(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  /** The task has stopped: its interface is gone, and says so. */
  static void release(WorldTask task) {
    List<Attachment> deleted = task.task().attachments().stream()
        .map(each -> each.toBuilder().status("DELETED").build())
        .toList();
    task.edit(each -> each.attachments(deleted));
  }

  /** With bridge or host networking: what the host's ports lead to. */
  static List<NetworkBinding> bindings(ContainerDefinition container, Optional<WorldHost> host) {
    return container.portMappings().stream()
        .filter(mapping -> mapping.containerPort() != null)
        .map(mapping -> NetworkBinding.builder()
            .bindIP("0.0.0.0")
            .containerPort(mapping.containerPort())
            .hostPort(
                mapping.hostPort() != null && mapping.hostPort() != 0
                    ? mapping.hostPort()
                    : host.map(WorldHost::takePort).orElseGet(mapping::containerPort))
            .protocol(mapping.protocol() == null ? "tcp" : mapping.protocolAsString())
            .build())
        .toList();
  }
}
