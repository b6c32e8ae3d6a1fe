package dev.shepherd.local.world;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;

/**
 * ECS's own <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html">registrations
 * in Cloud Map</a>: a service's task from RUNNING until it stops or turns unhealthy, by the task's
 * id. Until its checks have passed it is registered as unhealthy.
 */
final class Registrar {
  private final CloudMap cloudMap;

  Registrar(CloudMap cloudMap) {
    this.cloudMap = cloudMap;
  }

  void changed(WorldTask task) {
    task.deployment()
        .ifPresent(deployment -> deployment.settings().serviceRegistries().stream()
            .filter(registry -> cloudMap.hasService(registry.registryArn()))
            .forEach(registry -> changed(task, deployment.service(), registry)));
  }

  private void changed(WorldTask task, WorldService service, ServiceRegistry registry) {
    boolean wanted = task.isWanted() && task.isRunning() && !task.isSick();
    CloudMapService target = cloudMap.service(registry.registryArn());
    if (wanted && !task.isRegistered()) {
      cloudMap.register(target.id(), task.id(), attributes(task, service, registry));
    }
    if (!wanted && task.isRegistered()) {
      cloudMap.deregister(target.id(), task.id());
    }
    task.registered(wanted);
    if (wanted && task.task().healthStatus() == HEALTHY) {
      cloudMap.health(target.id(), task.id(), HealthStatus.HEALTHY);
    }
  }

  private static final software.amazon.awssdk.services.ecs.model.HealthStatus HEALTHY =
      software.amazon.awssdk.services.ecs.model.HealthStatus.HEALTHY;

  private static Map<String, String> attributes(
      WorldTask task, WorldService service, ServiceRegistry registry) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("AWS_INSTANCE_IPV4", task.address());
    port(task, registry, attributes);
    attributes.put("AVAILABILITY_ZONE", task.availabilityZone());
    attributes.put("REGION", Arns.REGION);
    attributes.put("ECS_CLUSTER_NAME", task.cluster().name());
    attributes.put("ECS_SERVICE_NAME", service.name());
    attributes.put("ECS_TASK_DEFINITION_FAMILY", task.definition().family());
    if (task.task().launchType() == LaunchType.EC2) {
      task.place()
          .host()
          .ifPresent(host -> attributes.put("EC2_INSTANCE_ID", host.instance().ec2InstanceId()));
    }
    if (task.isChecked()) {
      attributes.put("AWS_INIT_HEALTH_STATUS", "UNHEALTHY");
    }
    return attributes;
  }

  private static void port(
      WorldTask task, ServiceRegistry registry, Map<String, String> attributes) {
    if (registry.port() != null) {
      attributes.put("AWS_INSTANCE_PORT", registry.port().toString());
    } else if (registry.containerPort() != null) {
      int port = registry.containerPort();
      int hostPort = task.container(registry.containerName()).stream()
          .flatMap(each -> each.container().networkBindings().stream())
          .filter(each -> each.containerPort() == port)
          .mapToInt(each -> each.hostPort())
          .findFirst()
          .orElse(port);
      attributes.put("AWS_INSTANCE_PORT", Integer.toString(hostPort));
    }
  }
}
