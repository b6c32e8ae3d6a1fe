package dev.shepherd.functions.aws;

import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.TaskFacts.Container;
import dev.shepherd.shared.config.TaskFacts.Parameter;
import dev.shepherd.shared.config.TaskFacts.Port;
import dev.shepherd.shared.config.ValidationTarget;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ContainerTraits;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What the validator needs of a task definition, once for each collector in it. */
final class DefinitionFacts {
  /**
   * What <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html">ECS
   * takes</a> where a restart policy says none.
   */
  private static final Duration USUAL_RESTART_PERIOD = Duration.ofMinutes(5);

  private DefinitionFacts() {}

  /**
   * One target for each container that takes the fleet's config.
   *
   * @param state the revision with every fleet's collectors
   */
  static Stream<ValidationTarget> targets(
      Revision revision, TaskDefinitionState state, FleetName fleet, Parameter config) {
    TaskDefinition definition = revision.definition();
    List<Container> containers = definition.containerDefinitions().stream()
        .map(DefinitionFacts::container)
        .toList();
    Set<String> collectors = new HashSet<>();
    state.collectors().forEach(collector -> collectors.add(collector.container()));
    return state.collectors().stream()
        .filter(collector -> collector.reference().fleet().equals(fleet))
        .map(Collector::container)
        .distinct()
        .map(name -> new TaskFacts(
            containers,
            name,
            collectors,
            number(definition.memory()),
            Optional.ofNullable(definition.networkModeAsString()).orElse(""),
            Optional.of(config)))
        .map(task -> new ValidationTarget(Optional.of(image(revision, task)), Optional.of(task)));
  }

  /**
   * What keeps a copy from running beside the tasks. A <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html">host
   * port</a> of an awsvpc task is its own interface's.
   */
  static Set<Obstacle> obstacles(TaskDefinition definition) {
    Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
    if (definition.networkMode() == NetworkMode.HOST) {
      obstacles.add(Obstacle.HOST_NETWORK);
    }
    boolean fixed = definition.containerDefinitions().stream()
        .flatMap(container -> container.portMappings().stream())
        .anyMatch(mapping -> mapping.hostPort() != null && mapping.hostPort() != 0);
    if (fixed && definition.networkMode() != NetworkMode.AWSVPC) {
      obstacles.add(Obstacle.FIXED_HOST_PORTS);
    }
    if (definition.volumes().stream()
        .anyMatch(volume -> Boolean.TRUE.equals(volume.configuredAtLaunch()))) {
      obstacles.add(Obstacle.VOLUME_AT_LAUNCH);
    }
    return obstacles;
  }

  /** How each container ends. */
  static List<ContainerTraits> traits(TaskDefinition definition) {
    return definition.containerDefinitions().stream()
        .map(container -> new ContainerTraits(
            container.name(),
            !Boolean.FALSE.equals(container.essential()),
            restartPeriod(container)))
        .toList();
  }

  private static Optional<Duration> restartPeriod(ContainerDefinition container) {
    return Optional.ofNullable(container.restartPolicy())
        .filter(policy -> Boolean.TRUE.equals(policy.enabled()))
        .map(policy -> Optional.ofNullable(policy.restartAttemptPeriod())
            .map(Duration::ofSeconds)
            .orElse(USUAL_RESTART_PERIOD));
  }

  /** The image by its tag: where Shepherd wrote a digest, the tag is kept beside it. */
  private static String image(Revision revision, TaskFacts task) {
    ImageName image = ImageName.of(task.collector().image());
    Optional<String> tag =
        image.tag().or(() -> Optional.ofNullable(revision.tags().get(TaskDefinitions.IMAGE_TAG)));
    return image.repository() + tag.map(name -> ":" + name).orElse("");
  }

  private static Container container(ContainerDefinition container) {
    Map<String, String> environment = new HashMap<>();
    container
        .environment()
        .forEach(variable -> environment.put(
            variable.name(), Optional.ofNullable(variable.value()).orElse("")));
    Map<String, String> secrets = new HashMap<>();
    container.secrets().forEach(secret -> secrets.put(secret.name(), secret.valueFrom()));
    List<String> check =
        container.healthCheck() == null ? List.of() : container.healthCheck().command();
    return new Container(
        container.name(),
        container.image(),
        !Boolean.FALSE.equals(container.essential()),
        environment,
        secrets,
        container.environmentFiles().isEmpty(),
        number(container.memory()),
        check,
        container.portMappings().stream()
            .filter(mapping -> mapping.containerPort() != null) // A range instead: no single port.
            .map(DefinitionFacts::port)
            .toList());
  }

  private static Port port(PortMapping mapping) {
    return new Port(
        mapping.containerPort(),
        number(mapping.hostPort()),
        Optional.ofNullable(mapping.protocolAsString()).orElse("tcp"));
  }

  private static OptionalInt number(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** ECS takes "1024" and "1 GB" alike, and answers with the number. */
  private static OptionalInt number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
