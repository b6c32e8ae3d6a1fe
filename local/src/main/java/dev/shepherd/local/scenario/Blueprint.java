package dev.shepherd.local.scenario;

import dev.shepherd.local.world.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * The ECS requests that make a scenario's service, as teams write them: the collector takes its
 * config as the secret {@code AOT_CONFIG_CONTENT} and is watched by the image's
 * {@code /healthcheck}.
 */
final class Blueprint {
  static final String COLLECTOR = "collector";
  static final String APP = "app";

  private static final String ADOT = "public.ecr.aws/aws-observability/aws-otel-collector:";
  private static final int APP_MEMORY = 512;

  private final ServiceSpec spec;

  Blueprint(ServiceSpec spec) {
    this.spec = spec;
  }

  /**
   * A revision of the service's family.
   *
   * @param valueFrom the parameter that the collector reads
   * @param release which release of the app, from 1
   */
  RegisterTaskDefinitionRequest taskDefinition(String valueFrom, int release) {
    List<ContainerDefinition> containers = new ArrayList<>();
    if (spec.pattern() == ServiceSpec.Pattern.SIDECAR) {
      containers.add(app(release));
    }
    containers.add(collector(valueFrom));
    boolean fargate = spec.launchType().equals("FARGATE");
    return RegisterTaskDefinitionRequest.builder()
        .family(spec.name())
        .containerDefinitions(containers)
        .networkMode(spec.networkMode())
        .requiresCompatibilities(fargate ? Compatibility.FARGATE : Compatibility.EC2)
        .cpu("512")
        .memory(Integer.toString(taskMemory()))
        .executionRoleArn(role(spec.name() + "-execution"))
        .taskRoleArn(role(spec.name() + "-task"))
        .build();
  }

  /** Fargate knows whole GiB only at this size. */
  private int taskMemory() {
    int needed = spec.memory() + APP_MEMORY;
    return (needed + 1023) / 1024 * 1024;
  }

  private ContainerDefinition app(int release) {
    return ContainerDefinition.builder()
        .name(APP)
        .image("%s.dkr.ecr.%s.amazonaws.com/%s:%d"
            .formatted(Arns.ACCOUNT, Arns.REGION, spec.name(), release))
        .essential(true)
        .memory(APP_MEMORY)
        .portMappings(PortMapping.builder().containerPort(8080).build())
        .environment(KeyValuePair.builder()
            .name("OTEL_EXPORTER_OTLP_ENDPOINT")
            .value("http://localhost:4317")
            .build())
        .build();
  }

  private ContainerDefinition collector(String valueFrom) {
    ContainerDefinition.Builder collector = ContainerDefinition.builder()
        .name(COLLECTOR)
        .image(spec.image().contains("/") ? spec.image() : ADOT + spec.image())
        .essential(spec.essential())
        .memory(spec.memory())
        .portMappings(
            PortMapping.builder().containerPort(4317).build(),
            PortMapping.builder().containerPort(4318).build())
        .secrets(
            Secret.builder().name("AOT_CONFIG_CONTENT").valueFrom(valueFrom).build());
    if (spec.healthCheck()) {
      collector.healthCheck(HealthCheck.builder()
          .command("CMD", "/healthcheck")
          .interval(5)
          .timeout(3)
          .retries(5)
          .startPeriod(1)
          .build());
    }
    spec.restartPolicy()
        .ifPresent(period -> collector.restartPolicy(
            policy -> policy.enabled(true).restartAttemptPeriod((int) period.toSeconds())));
    return collector.build();
  }

  /**
   * The service itself.
   *
   * @param registry the Cloud Map service that ECS registers the tasks in
   */
  CreateServiceRequest service(String taskDefinition, Optional<String> registry) {
    boolean daemon = spec.scheduling().equals("DAEMON");
    CreateServiceRequest.Builder service = CreateServiceRequest.builder()
        .cluster(spec.cluster())
        .serviceName(spec.name())
        .taskDefinition(taskDefinition)
        .launchType(spec.launchType())
        .schedulingStrategy(spec.scheduling())
        .deploymentConfiguration(deployment())
        .tags(spec.tags().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList());
    if (!daemon) {
      service.desiredCount(spec.tasks());
    }
    if (spec.networkMode().equals("awsvpc")) {
      service.networkConfiguration(network -> network.awsvpcConfiguration(
          vpc -> vpc.subnets(subnets()).securityGroups("sg-0a1b2c3d4e5f60718")));
    }
    registry.ifPresent(arn -> service.serviceRegistries(registry(arn)));
    return service.build();
  }

  /**
   * On the host's network a port is needed beside the address, and so <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html">SRV
   * records</a>.
   */
  private ServiceRegistry registry(String arn) {
    ServiceRegistry.Builder registry = ServiceRegistry.builder().registryArn(arn);
    return spec.networkMode().equals("awsvpc")
        ? registry.build()
        : registry.containerName(COLLECTOR).containerPort(4317).build();
  }

  private DeploymentConfiguration deployment() {
    return DeploymentConfiguration.builder()
        .strategy(spec.strategy())
        .minimumHealthyPercent(spec.minimumHealthyPercent())
        .maximumPercent(spec.maximumPercent())
        .deploymentCircuitBreaker(
            breaker -> breaker.enable(spec.circuitBreaker()).rollback(spec.circuitBreaker()))
        .build();
  }

  /** One subnet for each zone, named by its letter. */
  private List<String> subnets() {
    return IntStream.range(0, spec.zones())
        .mapToObj(zone -> "subnet-0000000000000000" + (char) ('a' + zone))
        .toList();
  }

  /** The task and execution roles of all services of these fleets. */
  static List<String> roles(List<FleetSpec> fleets) {
    return fleets.stream()
        .flatMap(fleet -> fleet.services().stream())
        .flatMap(spec -> Stream.of(role(spec.name() + "-execution"), role(spec.name() + "-task")))
        .distinct()
        .toList();
  }

  private static String role(String name) {
    return "arn:aws:iam::" + Arns.ACCOUNT + ":role/" + name;
  }
}
