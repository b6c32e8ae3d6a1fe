package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.InstanceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.servicediscovery.model.Service;

final class ServiceDiscoveryApiTest {
  private final LocalAws aws = new LocalAws();
  private Service service = Service.builder().build();

  @BeforeEach
  void createService() {
    aws.world.parameters().put(LocalAws.CONFIG, "first");
    aws.cloudMap.createPrivateDnsNamespace(each -> each.name("prod.local").vpc("vpc-1"));
    String namespace = aws.cloudMap.listNamespaces().namespaces().getFirst().id();
    service = aws.cloudMap
        .createService(each ->
            each.name("gateway").namespaceId(namespace).healthCheckCustomConfig(check -> {}))
        .service();
  }

  private List<InstanceSummary> instances() {
    return aws.cloudMap.listInstancesPaginator(each -> each.serviceId(service.id())).stream()
        .flatMap(page -> page.instances().stream())
        .toList();
  }

  private void startGateway(int tasks) {
    String definition = aws.register("gateway", collector(true, true));
    aws.ecs.createService(LocalAws.service("gateway", definition, tasks)
        .serviceRegistries(ServiceRegistry.builder().registryArn(service.arn()).build())
        .build());
    aws.pass(Duration.ofMinutes(2));
  }

  @Test
  void ecsRegistersItsTasksAndTakesThemOut() {
    startGateway(3);
    List<WorldTask> tasks = aws.tasks("gateway");
    assertThat(instances())
        .extracting(each -> each.id())
        .containsExactlyElementsOf(tasks.stream().map(WorldTask::id).toList());
    WorldTask first = tasks.getFirst();
    assertThat(instances().getFirst().attributes())
        .containsEntry("AWS_INSTANCE_IPV4", first.address())
        .containsEntry("AVAILABILITY_ZONE", first.availabilityZone())
        .containsEntry("REGION", "eu-west-1")
        .containsEntry("ECS_CLUSTER_NAME", "prod")
        .containsEntry("ECS_SERVICE_NAME", "gateway")
        .containsEntry("ECS_TASK_DEFINITION_FAMILY", "gateway");
    assertThat(aws.cloudMap
            .getInstancesHealthStatus(each -> each.serviceId(service.id()))
            .status())
        .containsEntry(first.id(), HealthStatus.HEALTHY);
    assertThat(aws.cloudMap
            .discoverInstances(each -> each.namespaceName("prod.local").serviceName("gateway"))
            .instances())
        .hasSize(3);

    aws.world.ecs().stopTask(first, "test");
    assertThat(instances())
        .extracting(each -> each.id())
        .doesNotContain(first.id())
        .hasSize(2);
    aws.world
        .ecs()
        .health(
            tasks.getLast(),
            "collector",
            software.amazon.awssdk.services.ecs.model.HealthStatus.UNHEALTHY);
    assertThat(instances())
        .extracting(each -> each.id())
        .doesNotContain(tasks.getLast().id());
    aws.pass(Duration.ofMinutes(3));
    assertThat(instances()).hasSize(3);
  }

  private HealthStatus healthOf(String instance) {
    return aws.cloudMap
        .getInstancesHealthStatus(each -> each.serviceId(service.id()))
        .status()
        .getOrDefault(instance, HealthStatus.UNKNOWN);
  }

  private void say(String instance, CustomHealthStatus status) {
    aws.cloudMap.updateInstanceCustomHealthStatus(
        each -> each.serviceId(service.id()).instanceId(instance).status(status));
  }

  @Test
  void customHealthShowsAfterHalfAMinuteUnlessItIsTakenBack() {
    aws.world.cloudMap().register(service.id(), "mine", Map.of());
    say("mine", CustomHealthStatus.UNHEALTHY);
    aws.pass(Duration.ofSeconds(29));
    assertThat(healthOf("mine")).isEqualTo(HealthStatus.HEALTHY);
    aws.pass(Duration.ofSeconds(2));
    assertThat(healthOf("mine")).isEqualTo(HealthStatus.UNHEALTHY);
    say("mine", CustomHealthStatus.HEALTHY);
    say("mine", CustomHealthStatus.UNHEALTHY);
    aws.pass(Duration.ofMinutes(1));
    assertThat(healthOf("mine")).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void refusesCustomHealthOfWhatHasNone() {
    assertThatThrownBy(() -> say("nobody", CustomHealthStatus.HEALTHY))
        .isInstanceOf(InstanceNotFoundException.class);
    String plain = aws.cloudMap
        .createService(each -> each.name("plain").namespaceId(service.namespaceId()))
        .service()
        .id();
    aws.world.cloudMap().register(plain, "mine", Map.of());
    assertThatThrownBy(() -> aws.cloudMap.updateInstanceCustomHealthStatus(
            each -> each.serviceId(plain).instanceId("mine").status(CustomHealthStatus.HEALTHY)))
        .isInstanceOf(CustomHealthNotFoundException.class);
  }

  @Test
  void registeringReplacesAndTakesAMoment() {
    String operation = aws.cloudMap
        .registerInstance(each -> each.serviceId(service.id())
            .instanceId("mine")
            .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.9")))
        .operationId();
    assertThat(instances()).isEmpty();
    assertThat(aws.cloudMap
            .getOperation(each -> each.operationId(operation))
            .operation()
            .status())
        .isEqualTo(OperationStatus.SUBMITTED);
    assertThatThrownBy(() -> aws.cloudMap.registerInstance(
            each -> each.serviceId(service.id()).instanceId("mine").attributes(Map.of())))
        .hasMessageContaining(operation);
    aws.pass(Duration.ofSeconds(3));
    assertThat(aws.cloudMap
            .getOperation(each -> each.operationId(operation))
            .operation()
            .status())
        .isEqualTo(OperationStatus.SUCCESS);

    aws.cloudMap.registerInstance(each -> each.serviceId(service.id())
        .instanceId("mine")
        .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.10")));
    aws.pass(Duration.ofSeconds(3));
    assertThat(instances())
        .singleElement()
        .satisfies(each ->
            assertThat(each.attributes()).isEqualTo(Map.of("AWS_INSTANCE_IPV4", "10.0.0.10")));
    aws.cloudMap.deregisterInstance(each -> each.serviceId(service.id()).instanceId("mine"));
    aws.pass(Duration.ofSeconds(3));
    assertThat(instances()).isEmpty();
    assertThatThrownBy(() -> aws.cloudMap.deregisterInstance(
            each -> each.serviceId(service.id()).instanceId("mine")))
        .isInstanceOf(InstanceNotFoundException.class);
  }

  @Test
  void pagesInstances() {
    IntStream.range(0, 230)
        .forEach(i -> aws.world
            .cloudMap()
            .register(service.id(), "i%03d".formatted(i), Map.of("AWS_INSTANCE_IPV4", "10.9.9.9")));
    assertThat(aws.cloudMap.listInstancesPaginator(each -> each.serviceId(service.id())).stream()
            .map(page -> page.instances().size()))
        .containsExactly(100, 100, 30);
    assertThat(aws.cloudMap.listServices().services().getFirst().instanceCount())
        .isEqualTo(230);
  }

  /** The <a href="https://docs.aws.amazon.com/general/latest/gr/cloud_map.html">quota</a>. */
  @Test
  void aServiceHasUpToAThousandInstances() {
    IntStream.range(0, 1_000).forEach(i -> register("i" + i));
    aws.pass(Duration.ofMinutes(1));
    register("i0");
    assertThatThrownBy(() -> register("one-more"))
        .isInstanceOf(ResourceLimitExceededException.class);
  }

  private void register(String id) {
    aws.cloudMap.registerInstance(each -> each.serviceId(service.id())
        .instanceId(id)
        .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.1")));
  }
}
