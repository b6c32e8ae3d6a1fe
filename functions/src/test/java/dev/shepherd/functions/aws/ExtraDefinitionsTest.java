package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.VolumeFrom;

class ExtraDefinitionsTest {
  private static final FleetName FLEET = new FleetName("gateway");
  private static final ConfigHash HASH = new ConfigHash("0123456789ab");
  private static final String SNAPSHOT = "/shepherd/collectors/gateway/revisions/0123456789ab";
  private static final String CURRENT = "/shepherd/collectors/gateway/current";
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final TaskDefinitions DEFINITIONS =
      new TaskDefinitions(new NoCalls(), new ParameterNames("/collectors/"));

  /** An app with a collector and a second one beside it, wired to each other in every way. */
  private static TaskDefinition sidecars() {
    ContainerDefinition app = ContainerDefinition.builder()
        .name("app")
        .image("app:1")
        .essential(true)
        .secrets(secret("/app/password"))
        .dependsOn(after("collector"))
        .build();
    ContainerDefinition collector = ContainerDefinition.builder()
        .name("collector")
        .image("o/collector:v0.49.0")
        .essential(false)
        .secrets(secret("/collectors/gateway"), secret("/app/token"))
        .portMappings(PortMapping.builder()
            .containerPort(4317)
            .hostPort(4317)
            .protocol("tcp")
            .build())
        .dependsOn(after("app"), after("second"))
        .volumesFrom(
            VolumeFrom.builder().sourceContainer("app").build(),
            VolumeFrom.builder().sourceContainer("second").readOnly(true).build())
        .links("app:backend", "second", "app")
        .restartPolicy(policy -> policy.enabled(true).restartAttemptPeriod(60))
        .logConfiguration(log -> log.logDriver(LogDriver.AWSFIRELENS).options(Map.of("a", "b")))
        .healthCheck(check -> check.command("CMD", "/healthcheck"))
        .build();
    ContainerDefinition second = ContainerDefinition.builder()
        .name("second")
        .image("o/collector:v0.49.0")
        .secrets(secret(CURRENT))
        .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS))
        .build();
    return definition(app, collector, second).toBuilder()
        .proxyConfiguration(proxy -> proxy.containerName("envoy"))
        .networkMode(NetworkMode.BRIDGE)
        .build();
  }

  @Test
  void aProbeHasTheCollectorsAlone() {
    RegisterTaskDefinitionRequest probe = extra(sidecars(), Kind.PROBE);
    assertThat(probe.family()).isEqualTo("app-shepherd-probe");
    assertThat(probe.proxyConfiguration()).isNull();
    assertThat(probe.networkMode()).isEqualTo(NetworkMode.BRIDGE);
    assertThat(probe.containerDefinitions())
        .extracting(ContainerDefinition::name)
        .containsExactly("collector", "second");
    assertThat(probe.containerDefinitions()).allMatch(ContainerDefinition::essential);
  }

  @Test
  void aProbesCollectorNamesNothingThatIsNotThere() {
    ContainerDefinition probed =
        extra(sidecars(), Kind.PROBE).containerDefinitions().getFirst();
    assertThat(probed.portMappings())
        .containsExactly(
            PortMapping.builder().containerPort(4317).protocol("tcp").build());
    assertThat(probed.dependsOn()).containsExactly(after("second"));
    assertThat(probed.volumesFrom())
        .extracting(VolumeFrom::sourceContainer)
        .containsExactly("second");
    assertThat(probed.links()).containsExactly("second");
    assertThat(probed.restartPolicy().enabled()).isFalse();
    assertThat(probed.logConfiguration()).isNull();
    assertThat(probed.healthCheck().command()).containsExactly("CMD", "/healthcheck");
  }

  @Test
  void aProbeKeepsWhatItCanHave() {
    RegisterTaskDefinitionRequest probe = extra(sidecars(), Kind.PROBE);
    ContainerDefinition second = probe.containerDefinitions().get(1);
    assertThat(second.logConfiguration().logDriver()).isEqualTo(LogDriver.AWSLOGS);
    assertThat(second.restartPolicy()).isNull();
    assertThat(probe.executionRoleArn()).isEqualTo("execution");
    assertThat(probe.taskRoleArn()).isEqualTo("task");
  }

  @ParameterizedTest
  @CsvSource({"PROBE,0", "CANARY,1"})
  void bothReadTheSnapshotAlsoWhereTheServiceTakesCurrent(Kind kind, int collector) {
    List<ContainerDefinition> containers = extra(sidecars(), kind).containerDefinitions();
    assertThat(containers.get(collector).secrets())
        .extracting(Secret::valueFrom)
        .containsExactly(SNAPSHOT, "/app/token");
    assertThat(containers.get(collector + 1).secrets())
        .extracting(Secret::valueFrom)
        .containsExactly(SNAPSHOT);
  }

  @Test
  void aCanaryDiffersOnlyInTheConfigTheDigestsTheTagsAndTheFamily() {
    TaskDefinition full = Filled.fully(TaskDefinition.builder())
        .taskDefinitionArn("arn:aws:ecs:eu-west-1:111122223333:task-definition/app:4")
        .family("app")
        .containerDefinitions(Filled.fully(ContainerDefinition.builder())
            .name("collector")
            .image("o/collector:v0.49.0")
            .secrets(secret("/collectors/gateway"))
            .build())
        .build();
    RegisterTaskDefinitionRequest canary = extra(full, Kind.CANARY);
    RegisterTaskDefinitionRequest same = TaskDefinitions.copy(full).build();
    assertThat(canary.family()).isEqualTo("app-shepherd-canary");
    for (SdkField<?> field : canary.sdkFields()) {
      if (!List.of("family", "containerDefinitions", "tags").contains(field.memberName())) {
        assertThat(field.getValueOrDefault(canary))
            .as(field.memberName())
            .isEqualTo(field.getValueOrDefault(same));
      }
    }
    ContainerDefinition copy = canary.containerDefinitions().getFirst();
    assertThat(copy.image()).isEqualTo("o/collector@" + DIGEST);
    assertThat(copy.secrets()).extracting(Secret::valueFrom).containsExactly(SNAPSHOT);
    ContainerDefinition old = full.containerDefinitions().getFirst();
    assertThat(copy.toBuilder().image(old.image()).secrets(old.secrets()).build())
        .isEqualTo(old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROBE", "CANARY"})
  void bothAreTaggedWithTheirFleetConfigAndBase(Kind kind) {
    Map<String, String> tags =
        extra(sidecars(), kind).tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    assertThat(tags)
        .isEqualTo(Map.of(
            "team", "a",
            "shepherd:fleet", "gateway",
            "shepherd:config", HASH.toString(),
            "shepherd:from", "4",
            "shepherd:image", "v0.49.0"));
  }

  @Test
  void anotherFleetsCollectorIsNoneOfAProbesAndStaysAsItIsInACanary() {
    ContainerDefinition other = ContainerDefinition.builder()
        .name("other")
        .image("o/collector:v0.49.0")
        .secrets(secret("/shepherd/collectors/other/current"))
        .build();
    ContainerDefinition own = other.toBuilder()
        .name("collector")
        .secrets(secret("/collectors/gateway"))
        .build();
    assertThat(extra(definition(own, other), Kind.PROBE).containerDefinitions())
        .extracting(ContainerDefinition::name)
        .containsExactly("collector");
    assertThat(extra(definition(own, other), Kind.CANARY).containerDefinitions().get(1))
        .isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    "app-shepherd-probe:7,PROBE,true",
    "app-shepherd-canary:7,CANARY,true",
    "app-shepherd-canary:7,PROBE,false",
    "app:7,PROBE,false",
    "app-shepherd-probe-2:7,PROBE,false",
  })
  void tellsItsFamiliesFromOthers(String revision, Kind kind, boolean ours) {
    String arn = "arn:aws:ecs:eu-west-1:111122223333:task-definition/" + revision;
    assertThat(ExtraTaskNames.isOfFamily(arn, kind)).isEqualTo(ours);
  }

  private static RegisterTaskDefinitionRequest extra(TaskDefinition base, Kind kind) {
    Revision revision = new Revision(
        base,
        Map.of("team", "a", "aws:cloudformation:stack-name", "x", "shepherd:fleet", "older"),
        List.of());
    return DEFINITIONS.extra(revision, FLEET, HASH, Map.of("collector", DIGEST), kind);
  }

  private static TaskDefinition definition(ContainerDefinition... containers) {
    return TaskDefinition.builder()
        .taskDefinitionArn("arn:aws:ecs:eu-west-1:111122223333:task-definition/app:4")
        .family("app")
        .revision(4)
        .executionRoleArn("execution")
        .taskRoleArn("task")
        .containerDefinitions(containers)
        .build();
  }

  private static ContainerDependency after(String container) {
    return ContainerDependency.builder()
        .containerName(container)
        .condition(ContainerCondition.START)
        .build();
  }

  private static Secret secret(String from) {
    return Secret.builder().name("AOT_CONFIG_CONTENT").valueFrom(from).build();
  }
}
