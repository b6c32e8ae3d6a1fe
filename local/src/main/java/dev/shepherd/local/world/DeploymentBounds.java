package dev.shepherd.local.world;

import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;

/** How many tasks of a service must count as healthy, and how many may be there, in tasks. */
record DeploymentBounds(int least, int most) {
  static DeploymentBounds of(WorldService service) {
    DeploymentConfiguration configuration = service.settings().deploymentConfiguration();
    long desired = service.desiredCount();
    int least = (int) ((desired * configuration.minimumHealthyPercent() + 99) / 100);
    int most = (int) (desired * configuration.maximumPercent() / 100);
    return new DeploymentBounds(least, most);
  }
}
