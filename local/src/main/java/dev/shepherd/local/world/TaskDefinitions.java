package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Task definitions by family and revision; an inactive one can still be described. */
public final class TaskDefinitions {
  private final VirtualClock clock;
  private final TreeMap<String, NavigableMap<Integer, TaskDefinition>> families = new TreeMap<>();
  private final Map<String, List<Tag>> tags = new HashMap<>();

  TaskDefinitions(VirtualClock clock) {
    this.clock = clock;
  }

  /**
   * Registers the next revision of a family, with the defaults that AWS fills in.
   *
   * @throws AwsFailure for what RegisterTaskDefinition refuses
   */
  public TaskDefinition register(RegisterTaskDefinitionRequest request) {
    TaskDefinitionRules.check(request);
    NavigableMap<Integer, TaskDefinition> revisions =
        families.computeIfAbsent(request.family(), family -> new TreeMap<>());
    int revision = revisions.isEmpty() ? 1 : revisions.lastKey() + 1;
    TaskDefinition definition = described(request, revision);
    revisions.put(revision, definition);
    tags.put(definition.taskDefinitionArn(), List.copyOf(request.tags()));
    return definition;
  }

  private TaskDefinition described(RegisterTaskDefinitionRequest request, int revision) {
    TaskDefinition.Builder builder = Models.overlay(request, TaskDefinition.builder());
    return builder
        .taskDefinitionArn(Arns.of("ecs", "task-definition/" + request.family() + ":" + revision))
        .revision(revision)
        .status(TaskDefinitionStatus.ACTIVE)
        .networkMode(request.networkMode() == null ? NetworkMode.BRIDGE : request.networkMode())
        .volumes(new ArrayList<>(request.volumes()))
        .placementConstraints(new ArrayList<>(request.placementConstraints()))
        .compatibilities(
            request.requiresCompatibilities().isEmpty()
                ? List.of(Compatibility.EC2)
                : List.of(Compatibility.EC2, Compatibility.FARGATE))
        .containerDefinitions(
            request.containerDefinitions().stream().map(TaskDefinitions::filled).toList())
        .registeredAt(clock.instant())
        .registeredBy("arn:aws:iam::" + Arns.ACCOUNT + ":role/deployer")
        .build();
  }

  private static ContainerDefinition filled(ContainerDefinition given) {
    ContainerDefinition.Builder container = given.toBuilder()
        .essential(!Boolean.FALSE.equals(given.essential()))
        .cpu(given.cpu() == null ? 0 : given.cpu())
        .environment(new ArrayList<>(given.environment()))
        .mountPoints(new ArrayList<>(given.mountPoints()))
        .volumesFrom(new ArrayList<>(given.volumesFrom()))
        .portMappings(new ArrayList<>(given.portMappings()))
        .systemControls(new ArrayList<>(given.systemControls()));
    return given.healthCheck() == null
        ? container.build()
        : container.healthCheck(filled(given.healthCheck())).build();
  }

  private static HealthCheck filled(HealthCheck given) {
    return given.toBuilder()
        .interval(given.interval() == null ? 30 : given.interval())
        .timeout(given.timeout() == null ? 5 : given.timeout())
        .retries(given.retries() == null ? 3 : given.retries())
        .build();
  }

  /** By {@code family} (its newest active revision), {@code family:revision} or ARN. */
  public Optional<TaskDefinition> find(String reference) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    int colon = name.indexOf(':');
    NavigableMap<Integer, TaskDefinition> revisions =
        families.getOrDefault(colon < 0 ? name : name.substring(0, colon), new TreeMap<>());
    if (colon < 0) {
      return revisions.descendingMap().values().stream()
          .filter(each -> each.status() == TaskDefinitionStatus.ACTIVE)
          .findFirst();
    }
    String revision = name.substring(colon + 1);
    return revision.matches("\\d{1,9}")
        ? Optional.ofNullable(revisions.get(Integer.parseInt(revision)))
        : Optional.empty();
  }

  /** What may be started: there, and active. */
  public TaskDefinition active(String reference) {
    TaskDefinition definition =
        find(reference).orElseThrow(() -> AwsFailure.client("TaskDefinition not found."));
    if (definition.status() != TaskDefinitionStatus.ACTIVE) {
      throw AwsFailure.client("TaskDefinition is inactive");
    }
    return definition;
  }

  /** Makes a revision inactive: what runs of it goes on. */
  public TaskDefinition deregister(String reference) {
    if (reference.indexOf(':', reference.lastIndexOf('/') + 1) < 0) {
      throw AwsFailure.client("Revision is missing.");
    }
    TaskDefinition definition =
        find(reference).orElseThrow(() -> AwsFailure.client("Unable to describe task definition."));
    TaskDefinition inactive = definition.toBuilder()
        .status(TaskDefinitionStatus.INACTIVE)
        .deregisteredAt(clock.instant())
        .build();
    families
        .getOrDefault(definition.family(), new TreeMap<>())
        .put(definition.revision(), inactive);
    return inactive;
  }

  /** By ARN; empty when there are none. */
  public List<Tag> tags(String arn) {
    return tags.getOrDefault(arn, List.of());
  }

  void tags(String arn, List<Tag> changed) {
    tags.put(arn, List.copyOf(changed));
  }

  /** Every revision of every family, oldest family name first. */
  public List<TaskDefinition> all() {
    List<TaskDefinition> all = new ArrayList<>();
    families.values().forEach(revisions -> all.addAll(revisions.values()));
    return all;
  }

  /** By family, then by revision. */
  public NavigableMap<String, NavigableMap<Integer, TaskDefinition>> families() {
    return Collections.unmodifiableNavigableMap(families);
  }
}
