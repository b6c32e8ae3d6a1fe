package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.ProxyConfiguration;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * What of a service's definition its extra tasks have.
 *
 * <ul>
 *   <li>A canary has all of it, with the config pinned also where it took {@code current}.
 *   <li>A probe has the collectors alone, each essential and started once: no host ports, no
 *       restart policy, and nothing that names a container that is not there.
 * </ul>
 *
 * @param snapshot the name of the snapshot that they read
 */
record ExtraDefinitions(FleetName fleet, ConfigSecrets secrets, String snapshot, Kind kind) {
  /**
   * The request for them.
   *
   * @param pinned a copy of the service's definition that pins the config
   */
  RegisterTaskDefinitionRequest of(RegisterTaskDefinitionRequest pinned) {
    Set<String> collectors = pinned.containerDefinitions().stream()
        .filter(container -> container.secrets().stream().anyMatch(this::isConfig))
        .map(ContainerDefinition::name)
        .collect(Collectors.toSet());
    List<ContainerDefinition> containers = pinned.containerDefinitions().stream()
        .map(container -> collectors.contains(container.name()) ? pinned(container) : container)
        .filter(container -> kind == Kind.CANARY || collectors.contains(container.name()))
        .map(container -> kind == Kind.CANARY ? container : alone(container, collectors))
        .toList();
    List<Tag> tags = new ArrayList<>(pinned.tags());
    tags.removeIf(tag -> tag.key().equals(ExtraTaskNames.FLEET_TAG));
    tags.add(Tag.builder().key(ExtraTaskNames.FLEET_TAG).value(fleet.toString()).build());
    RegisterTaskDefinitionRequest.Builder request = pinned.toBuilder()
        .family(ExtraTaskNames.family(pinned.family(), kind))
        .containerDefinitions(containers)
        .tags(tags);
    if (kind == Kind.PROBE) {
      // A proxy is a container of the app's.
      request.proxyConfiguration((ProxyConfiguration) null);
    }
    return request.build();
  }

  private boolean isConfig(Secret secret) {
    return secrets
        .reference(secret)
        .filter(found -> found.fleet().equals(fleet))
        .isPresent();
  }

  private ContainerDefinition pinned(ContainerDefinition container) {
    return container.toBuilder()
        .secrets(container.secrets().stream()
            .map(secret -> isConfig(secret) ? ConfigSecrets.from(secret, snapshot) : secret)
            .toList())
        .build();
  }

  private static ContainerDefinition alone(ContainerDefinition container, Set<String> collectors) {
    ContainerDefinition.Builder copy = container.toBuilder()
        .essential(true)
        .portMappings(container.portMappings().stream()
            .map(mapping -> mapping.toBuilder().hostPort(null).build())
            .toList())
        .dependsOn(container.dependsOn().stream()
            .filter(each -> collectors.contains(each.containerName()))
            .toList())
        .volumesFrom(container.volumesFrom().stream()
            .filter(each -> collectors.contains(each.sourceContainer()))
            .toList())
        .links(container.links().stream()
            .filter(link -> collectors.contains(link.split(":", 2)[0]))
            .toList());
    if (container.restartPolicy() != null) {
      copy.restartPolicy(policy -> policy.enabled(false));
    }
    boolean routed = container.logConfiguration() != null
        && container.logConfiguration().logDriver() == LogDriver.AWSFIRELENS;
    if (routed) {
      copy.logConfiguration((LogConfiguration) null); // By a container that is not there.
    }
    return copy.build();
  }
}
