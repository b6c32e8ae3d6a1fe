package dev.shepherd.local.protocol;

import dev.shepherd.local.world.World;

/** ECS's operations, by what they are about. */
final class EcsApi {
  /** ECS's code for a token that is not its own. */
  static final String INVALID = "InvalidParameterException";

  private EcsApi() {}

  static Operations over(World world) {
    Operations operations = new Operations();
    new ClustersApi(world.ecs()).addTo(operations);
    new TaskDefinitionsApi(world.ecs()).addTo(operations);
    new ServicesApi(world.ecs()).addTo(operations);
    new TasksApi(world.ecs()).addTo(operations);
    new TagsApi(world.ecs()).addTo(operations);
    return operations;
  }
}
