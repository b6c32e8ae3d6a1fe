package dev.shepherd.functions.aws;

import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.ValidationTarget;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.rollout.ExtraTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/**
 * Task definitions: read once per instance of the function (a revision never changes), those that
 * it registers itself by the answer, and copied with nothing but the config's reference, the image
 * digests and the tags changed.
 */
// Over 200 lines: reading a revision and copying it, so that each field that is read is copied.
public final class TaskDefinitions {
  static final String IMAGE_TAG = "shepherd:image";

  private final EcsReads ecs;
  private final ParameterNames names;
  private final Map<String, Revision> known = new HashMap<>();
  private final Map<String, TaskDefinitionState> states = new HashMap<>();

  public TaskDefinitions(EcsReads ecs, ParameterNames names) {
    this.ecs = ecs;
    this.names = names;
  }

  /** A revision by its ARN; one call the first time. */
  public Revision read(String arn) {
    return known.computeIfAbsent(arn, this::describe);
  }

  /** How many of these were read before. */
  int known(Set<String> arns) {
    return (int) arns.stream().filter(states::containsKey).count();
  }

  /** Forgets all but these: what no service uses need not be kept. */
  public void keepOnly(Set<String> arns) {
    known.keySet().retainAll(arns);
    states.keySet().retainAll(arns);
  }

  private Revision describe(String arn) {
    List<String> unknown = new ArrayList<>();
    DescribeTaskDefinitionResponse answer =
        ecs.describeTaskDefinition(DescribeTaskDefinitionRequest.builder()
            .taskDefinition(arn)
            .include(TaskDefinitionField.TAGS)
            .overrideConfiguration(call -> call.putExecutionAttribute(RawMembers.UNKNOWN, unknown))
            .build());
    return new Revision(answer.taskDefinition(), tags(answer.tags()), unknown);
  }

  /**
   * Registers a revision; <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html">the
   * answer</a> is all of it, and need not be asked for again.
   *
   * @return its ARN
   */
  public String register(
      RegisterTaskDefinitionRequest request,
      Function<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse> call) {
    List<String> unknown = new ArrayList<>();
    RegisterTaskDefinitionResponse answer = call.apply(request.toBuilder()
        .overrideConfiguration(with -> with.putExecutionAttribute(RawMembers.UNKNOWN, unknown))
        .build());
    String arn = answer.taskDefinition().taskDefinitionArn();
    known.put(arn, new Revision(answer.taskDefinition(), tags(answer.tags()), unknown));
    return arn;
  }

  private static Map<String, String> tags(List<Tag> list) {
    Map<String, String> tags = new HashMap<>();
    list.forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  /**
   * What matters of a revision for all fleets together. Where that is nothing, the rest is not
   * kept: an account may have many services that are none of ours.
   */
  public TaskDefinitionState state(String arn) {
    TaskDefinitionState before = states.get(arn);
    if (before != null) {
      return before;
    }
    TaskDefinitionState state = read(arn).state(names);
    states.put(arn, state);
    if (state.collectors().isEmpty()) {
      known.remove(arn);
    }
    return state;
  }

  /** What a config of this fleet has to suit in a revision, once for each of its collectors. */
  public Stream<ValidationTarget> targets(String arn, FleetName fleet, TaskFacts.Parameter config) {
    return DefinitionFacts.targets(read(arn), state(arn), fleet, config);
  }

  /**
   * A copy that pins one fleet's config. Every field that can be registered is copied; a test fails
   * when the SDK gains one that is not.
   *
   * @param digests {@code sha256:…} by container; a container without one keeps its image
   * @throws ReconcileException if the base holds a member that cannot be copied
   */
  public RegisterTaskDefinitionRequest pinned(
      Revision revision, FleetName fleet, ConfigHash hash, Map<String, String> digests) {
    if (!revision.unknown().isEmpty()) {
      throw new ReconcileException(revision.definition().taskDefinitionArn() + " holds "
          + revision.unknown().getFirst()
          + ", which this release of Shepherd cannot copy: update Shepherd");
    }
    TaskDefinition base = revision.definition();
    List<ContainerDefinition> containers = base.containerDefinitions().stream()
        .map(container -> pinned(container, ConfigSecrets.of(base, names), fleet, hash, digests))
        .toList();
    return copy(base)
        .containerDefinitions(containers)
        .tags(tags(revision, fleet, hash))
        .build();
  }

  /**
   * A definition for extra tasks that try a config, {@link ExtraDefinitions as each kind needs it}.
   *
   * @throws ReconcileException if the base holds a member that cannot be copied
   */
  public RegisterTaskDefinitionRequest extra(
      Revision revision,
      FleetName fleet,
      ConfigHash hash,
      Map<String, String> digests,
      ExtraTask.Kind kind) {
    ConfigSecrets secrets = ConfigSecrets.of(revision.definition(), names);
    return new ExtraDefinitions(fleet, secrets, names.snapshot(fleet, hash), kind)
        .of(pinned(revision, fleet, hash, digests));
  }

  // AWS ended Elastic Inference; a definition that still names it is copied as it is.
  @SuppressWarnings("deprecation")
  static RegisterTaskDefinitionRequest.Builder copy(TaskDefinition base) {
    return RegisterTaskDefinitionRequest.builder()
        .family(base.family())
        .taskRoleArn(base.taskRoleArn())
        .executionRoleArn(base.executionRoleArn())
        .networkMode(base.networkModeAsString())
        .containerDefinitions(base.containerDefinitions())
        .volumes(base.volumes())
        .placementConstraints(base.placementConstraints())
        .requiresCompatibilitiesWithStrings(base.requiresCompatibilitiesAsStrings())
        .cpu(base.cpu())
        .memory(base.memory())
        .pidMode(base.pidModeAsString())
        .ipcMode(base.ipcModeAsString())
        .proxyConfiguration(base.proxyConfiguration())
        .inferenceAccelerators(base.inferenceAccelerators())
        .ephemeralStorage(base.ephemeralStorage())
        .runtimePlatform(base.runtimePlatform())
        .enableFaultInjection(base.enableFaultInjection());
  }

  private ContainerDefinition pinned(
      ContainerDefinition container,
      ConfigSecrets secrets,
      FleetName fleet,
      ConfigHash hash,
      Map<String, String> digests) {
    ContainerDefinition.Builder copy = container.toBuilder();
    if (container.hasSecrets()) {
      List<Secret> pinned = container.secrets().stream()
          .map(secret -> secrets.isPinnable(secret, fleet)
              ? ConfigSecrets.from(secret, names.snapshot(fleet, hash))
              : secret)
          .toList();
      copy.secrets(pinned);
    }
    Optional.ofNullable(digests.get(container.name()))
        .ifPresent(digest -> copy.image(ImageName.of(container.image()).at(digest)));
    return copy.build();
  }

  /** The base's own tags, but for AWS's, which only AWS may set, and ours on top. */
  private List<Tag> tags(Revision revision, FleetName fleet, ConfigHash hash) {
    Map<String, String> tags = new TreeMap<>(revision.tags());
    tags.keySet().removeIf(key -> key.startsWith("aws:"));
    tags.put(Revision.CONFIG_TAG, hash.toString());
    tags.put(Revision.FROM_TAG, Integer.toString(revision.definition().revision()));
    ConfigSecrets secrets = ConfigSecrets.of(revision.definition(), names);
    revision.definition().containerDefinitions().stream()
        .filter(container ->
            secrets.of(container).anyMatch(reference -> reference.fleet().equals(fleet)))
        .flatMap(container -> ImageName.of(container.image()).tag().stream())
        .findFirst()
        .ifPresent(tag -> tags.put(IMAGE_TAG, tag));
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
