package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** A world with the real SDK's clients on it, and the things that most tests need in it. */
final class LocalAws {
  static final String CONFIG = "/collectors/gateway";

  final World world = new World(7, Instant.parse("2026-11-22T08:00:00Z"));
  final AwsFace face = new AwsFace(world);
  final List<ObjectNode> events = new ArrayList<>();
  final EcsClient ecs = client(EcsClient.builder());
  final SsmClient ssm = client(SsmClient.builder());
  final ServiceDiscoveryClient cloudMap = client(ServiceDiscoveryClient.builder());
  final CloudWatchClient cloudWatch = client(CloudWatchClient.builder());
  final EventBridgeClient bus = client(EventBridgeClient.builder());

  LocalAws() {
    world.events().subscribe(events::add);
    world.ecs().createCluster("prod");
  }

  private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(B builder) {
    return builder
        .region(Region.EU_WEST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(new InProcessHttpClient(face, world.clock()))
        .overrideConfiguration(each -> each.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  void pass(Duration time) {
    world.clock().pass(time);
  }

  /** A collector that reads the gateway's config; essential and checked as said. */
  static ContainerDefinition collector(boolean essential, boolean checked) {
    ContainerDefinition.Builder container = ContainerDefinition.builder()
        .name("collector")
        .image("public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0")
        .essential(essential)
        .secrets(Secret.builder().name("AOT_CONFIG_CONTENT").valueFrom(CONFIG).build());
    return checked
        ? container
            .healthCheck(each -> each.command("CMD", "/healthcheck").interval(5))
            .build()
        : container.build();
  }

  static ContainerDefinition app() {
    return ContainerDefinition.builder()
        .name("app")
        .image("shop/app:1")
        .essential(true)
        .build();
  }

  /** Registers a Fargate definition of these containers; returns its ARN. */
  String register(String family, ContainerDefinition... containers) {
    return ecs.registerTaskDefinition(definition(family, containers))
        .taskDefinition()
        .taskDefinitionArn();
  }

  static RegisterTaskDefinitionRequest definition(
      String family, ContainerDefinition... containers) {
    return RegisterTaskDefinitionRequest.builder()
        .family(family)
        .requiresCompatibilitiesWithStrings("FARGATE")
        .networkMode("awsvpc")
        .cpu("256")
        .memory("512")
        .executionRoleArn("arn:aws:iam::111122223333:role/execution")
        .containerDefinitions(containers)
        .build();
  }

  /** A Fargate service in three zones. */
  static CreateServiceRequest.Builder service(String name, String definition, int tasks) {
    return CreateServiceRequest.builder()
        .cluster("prod")
        .serviceName(name)
        .taskDefinition(definition)
        .desiredCount(tasks)
        .launchType("FARGATE")
        .networkConfiguration(network());
  }

  static NetworkConfiguration network() {
    return NetworkConfiguration.builder()
        .awsvpcConfiguration(each -> each.subnets("subnet-1", "subnet-2", "subnet-3")
            .securityGroups("sg-1")
            .assignPublicIp(AssignPublicIp.DISABLED))
        .build();
  }

  WorldService service(String name) {
    return world.ecs().service(world.ecs().cluster("prod"), name);
  }

  /** The tasks of a service that ECS wants to run. */
  List<WorldTask> tasks(String service) {
    return service(service).tasks().values().stream()
        .filter(WorldTask::isWanted)
        .toList();
  }

  /** Events so far of this detail type. */
  List<ObjectNode> events(String detailType) {
    return events.stream()
        .filter(each -> each.get("detail-type").textValue().equals(detailType))
        .toList();
  }
}
