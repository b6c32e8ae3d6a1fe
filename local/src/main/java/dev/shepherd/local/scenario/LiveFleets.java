package dev.shepherd.local.scenario;

import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Secret;

/**
 * Which fleets there are and what belongs to them, by the world alone: a config that nobody uses
 * yet is a fleet too, and a service is of the fleet that its newest task definition names.
 */
final class LiveFleets {
  /** The template's default. */
  static final String PREFIX = "/collectors/";

  private static final String OWN = "/shepherd";

  private final World world;

  LiveFleets(World world) {
    this.world = world;
  }

  /** Their config parameters: these first, then what else is found. */
  Set<String> configs(Collection<String> first) {
    Set<String> configs = new LinkedHashSet<>(first);
    world.parameters().all().tailMap(PREFIX).keySet().stream()
        .takeWhile(name -> name.startsWith(PREFIX))
        .forEach(configs::add);
    return configs;
  }

  /** Its active services, by cluster and name. */
  List<WorldService> services(String config) {
    return world.ecs().clusters().values().stream()
        .flatMap(cluster -> cluster.services().values().stream())
        .filter(WorldService::isActive)
        .filter(service -> service.primary().definition().containerDefinitions().stream()
            .flatMap(container -> container.secrets().stream())
            .anyMatch(secret -> isOf(config, secret)))
        .toList();
  }

  private static boolean isOf(String config, Secret secret) {
    String name = secret.valueFrom().replaceFirst("^arn:.*:parameter/", "/");
    String own = OWN + config;
    return name.equals(config)
        || name.equals(own + "/current")
        || name.startsWith(own + "/revisions/");
  }
}
