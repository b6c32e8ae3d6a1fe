package dev.shepherd.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldHost;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;

final class HostsTest {
  private final LocalAws aws = new LocalAws();
  private final WorldCluster cluster = aws.world.ecs().cluster("prod");
  private final WorldHost first = aws.world.ecs().addHost(cluster, 'a');
  private final WorldHost second = aws.world.ecs().addHost(cluster, 'b');

  @BeforeEach
  void register() {
    aws.ecs.registerTaskDefinition(each -> each.family("agent")
        .networkMode("bridge")
        .containerDefinitions(ContainerDefinition.builder()
            .name("agent")
            .image("agent:1")
            .memory(128)
            .portMappings(PortMapping.builder().containerPort(4317).build())
            .build()));
  }

  private List<String> zones() {
    return aws.tasks("agent").stream()
        .filter(WorldTask::isServing)
        .map(WorldTask::availabilityZone)
        .toList();
  }

  @Test
  void aDaemonHasOneTaskOnEachHost() {
    aws.ecs.createService(each -> each.cluster("prod")
        .serviceName("agent")
        .taskDefinition("agent")
        .launchType("EC2")
        .schedulingStrategy(SchedulingStrategy.DAEMON));
    aws.pass(Duration.ofMinutes(2));
    assertThat(zones()).containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b");

    aws.world.ecs().addHost(cluster, 'c');
    aws.world.ecs().stopHost(cluster, second);
    aws.pass(Duration.ofMinutes(2));
    assertThat(zones()).containsExactlyInAnyOrder("eu-west-1a", "eu-west-1c");
    WorldTask gone = aws.service("agent").tasks().values().stream()
        .filter(task -> !task.isWanted())
        .findFirst()
        .orElseThrow();
    assertThat(gone.task().stoppedReason()).startsWith("Host EC2 (instance i-");

    aws.ecs.updateService(each ->
        each.cluster("prod").service("agent").taskDefinition("agent").forceNewDeployment(true));
    aws.pass(Duration.ofMinutes(5));
    assertThat(zones()).containsExactlyInAnyOrder("eu-west-1a", "eu-west-1c");
    assertThat(aws.service("agent").deployments()).hasSize(1);
  }

  @Test
  void bridgeTasksShareTheirHostsAddressAndHavePortsOfTheirOwn() {
    aws.ecs.createService(each -> each.cluster("prod")
        .serviceName("agent")
        .taskDefinition("agent")
        .launchType("EC2")
        .desiredCount(4));
    aws.pass(Duration.ofMinutes(2));
    assertThat(first.tasks()).hasSize(2);
    assertThat(first.tasks())
        .allSatisfy(task -> assertThat(task.address()).isEqualTo(first.address()));
    assertThat(first.tasks().stream()
            .flatMap(task -> task.containers().getFirst().container().networkBindings().stream())
            .map(binding -> binding.hostPort()))
        .containsExactly(32768, 32769);
    assertThat(aws.ecs
            .listTasks(each -> each.cluster("prod").containerInstance(first.id()))
            .taskArns())
        .hasSize(2);
    assertThat(aws.ecs
            .describeContainerInstances(
                each -> each.cluster("prod").containerInstances(first.arn()))
            .containerInstances()
            .getFirst()
            .runningTasksCount())
        .isEqualTo(2);
  }

  @Test
  void aServiceWithoutAHostSaysSoAndStartsWhenThereIsOne() {
    aws.world.ecs().createCluster("empty");
    aws.ecs.createService(each -> each.cluster("empty")
        .serviceName("agent")
        .taskDefinition("agent")
        .launchType("EC2")
        .desiredCount(1));
    aws.pass(Duration.ofMinutes(2));
    assertThat(aws.events("ECS Service Action")
            .getFirst()
            .get("detail")
            .get("eventName")
            .textValue())
        .isEqualTo("SERVICE_TASK_PLACEMENT_FAILURE");
    WorldCluster empty = aws.world.ecs().cluster("empty");
    aws.world.ecs().addHost(empty, 'a');
    aws.pass(Duration.ofMinutes(2));
    assertThat(empty.services().get("agent")).isNotNull();
    assertThat(empty.cluster().runningTasksCount()).isEqualTo(1);
  }
}
