package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class TaskDefinitionsTest {
  private static final ParameterNames NAMES = new ParameterNames("/collectors/");
  private static final FleetName FLEET = new FleetName("gateway");
  private static final ConfigHash HASH = new ConfigHash("0123456789ab");
  private static final String SNAPSHOT = "/shepherd/collectors/gateway/revisions/0123456789ab";
  private static final String ARN = "arn:aws:ecs:eu-west-1:111122223333:task-definition/app:4";
  private static final String SSM = "arn:aws:ssm:eu-west-1:111122223333:parameter";
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private static final TaskDefinitions DEFINITIONS = new TaskDefinitions(new NoCalls(), NAMES);

  @Test
  void copiesEveryFieldThatCanBeRegistered() {
    TaskDefinition full = Filled.fully(TaskDefinition.builder()).build();
    RegisterTaskDefinitionRequest copy = TaskDefinitions.copy(full).build();
    Map<String, Object> source = values(full.sdkFields(), full);
    for (SdkField<?> field : copy.sdkFields()) {
      if (!field.memberName().equals("tags")) {
        assertThat(field.getValueOrDefault(copy))
            .as("RegisterTaskDefinition takes %s, which is not copied", field.memberName())
            .isNotNull()
            .isEqualTo(source.get(field.memberName()));
      }
    }
  }

  private static Map<String, Object> values(List<SdkField<?>> fields, Object of) {
    return fields.stream()
        .filter(field -> field.getValueOrDefault(of) != null)
        .collect(Collectors.toMap(SdkField::memberName, field -> field.getValueOrDefault(of)));
  }

  @Test
  void addsNothingToABareDefinition() {
    TaskDefinition bare = TaskDefinition.builder().family("app").build();
    RegisterTaskDefinitionRequest copy = TaskDefinitions.copy(bare).build();
    assertThat(copy)
        .isEqualTo(RegisterTaskDefinitionRequest.builder().family("app").build());
  }

  @ParameterizedTest
  @MethodSource("references")
  void changesOnlyOurOwnReference(String before, String after) {
    ContainerDefinition container =
        pinned(container(before), Map.of()).containerDefinitions().getFirst();
    assertThat(container.secrets()).extracting(Secret::valueFrom).containsExactly(after);
    assertThat(container.toBuilder().secrets(secret(before)).build()).isEqualTo(container(before));
  }

  static Stream<Arguments> references() {
    String old = "/shepherd/collectors/gateway/revisions/aaaaaaaaaaaa";
    return Stream.of(
        argumentSet("by name", "/collectors/gateway", SNAPSHOT),
        argumentSet("by ARN", SSM + "/collectors/gateway", SSM + SNAPSHOT),
        argumentSet("an older snapshot", old, SNAPSHOT),
        argumentSet("an older snapshot by ARN", SSM + old, SSM + SNAPSHOT),
        argumentSet(
            "current stays",
            "/shepherd/collectors/gateway/current",
            "/shepherd/collectors/gateway/current"),
        argumentSet("another fleet", "/collectors/other", "/collectors/other"),
        argumentSet("another parameter", "/app/password", "/app/password"),
        argumentSet(
            "another region",
            "arn:aws:ssm:us-east-1:111122223333:parameter/collectors/gateway",
            "arn:aws:ssm:us-east-1:111122223333:parameter/collectors/gateway"),
        argumentSet(
            "another account",
            "arn:aws:ssm:eu-west-1:999999999999:parameter/collectors/gateway",
            "arn:aws:ssm:eu-west-1:999999999999:parameter/collectors/gateway"),
        argumentSet(
            "Secrets Manager",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:collectors/gateway-AbCdEf",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:collectors/gateway-AbCdEf"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void writesTheDigestThatRuns(String before, String after) {
    ContainerDefinition container =
        container("/collectors/gateway").toBuilder().image(before).build();
    assertThat(pinned(container, Map.of("collector", DIGEST))
            .containerDefinitions()
            .getFirst()
            .image())
        .isEqualTo(after);
  }

  static Stream<Arguments> images() {
    String own = "sha256:" + "cd".repeat(32);
    return Stream.of(
        argumentSet(
            "tagged", "public.ecr.aws/o/collector:v0.49.0", "public.ecr.aws/o/collector@" + DIGEST),
        argumentSet("untagged", "collector", "collector@" + DIGEST),
        argumentSet(
            "a port, no tag", "localhost:5000/collector", "localhost:5000/collector@" + DIGEST),
        argumentSet("a digest already", "o/collector@" + own, "o/collector@" + own),
        argumentSet("tag and digest", "o/collector:v1@" + own, "o/collector:v1@" + own));
  }

  @Test
  void tagsTheCopyAndLeavesAwsTagsOut() {
    Revision base = revision(
        container("/collectors/gateway").toBuilder()
            .image("o/collector:v0.49.0")
            .build(),
        Map.of("team", "a", "aws:cloudformation:stack-name", "app", "shepherd:from", "2"));
    Map<String, String> tags = DEFINITIONS.pinned(base, FLEET, HASH, Map.of()).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
    assertThat(tags)
        .isEqualTo(Map.of(
            "team",
            "a",
            "shepherd:config",
            HASH.toString(),
            "shepherd:from",
            "4",
            "shepherd:image",
            "v0.49.0"));
  }

  @Test
  void keepsTheCollectorsTagOverManyRolls() {
    Revision base = revision(
        container("/collectors/gateway").toBuilder()
            .image("o/collector@" + DIGEST)
            .build(),
        Map.of("shepherd:image", "v0.49.0"));
    assertThat(DEFINITIONS.pinned(base, FLEET, HASH, Map.of()).tags())
        .contains(Tag.builder().key("shepherd:image").value("v0.49.0").build());
  }

  @Test
  void refusesAMemberThatTheModelDoesNotKnow() {
    Revision base = new Revision(
        definition(container("/collectors/gateway")),
        Map.of(),
        List.of("containerDefinitions[0].newThing"));
    assertThatThrownBy(() -> DEFINITIONS.pinned(base, FLEET, HASH, Map.of()))
        .isInstanceOf(ReconcileException.class)
        .hasMessageContaining("containerDefinitions[0].newThing");
  }

  private static RegisterTaskDefinitionRequest pinned(
      ContainerDefinition container, Map<String, String> digests) {
    return DEFINITIONS.pinned(revision(container, Map.of()), FLEET, HASH, digests);
  }

  private static Revision revision(ContainerDefinition container, Map<String, String> tags) {
    return new Revision(definition(container), tags, List.of());
  }

  private static TaskDefinition definition(ContainerDefinition container) {
    return TaskDefinition.builder()
        .taskDefinitionArn(ARN)
        .family("app")
        .revision(4)
        .containerDefinitions(container)
        .build();
  }

  private static ContainerDefinition container(String valueFrom) {
    return ContainerDefinition.builder()
        .name("collector")
        .image("o/c:1")
        .secrets(secret(valueFrom))
        .build();
  }

  private static Secret secret(String valueFrom) {
    return Secret.builder().name("AOT_CONFIG_CONTENT").valueFrom(valueFrom).build();
  }
}
