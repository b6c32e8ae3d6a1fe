package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.event.Intake;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.ServingTask;
import dev.shepherd.shared.registration.ServingTask.Canary;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Progress;
import dev.shepherd.shared.registration.ServingTask.Reach;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.Task;

/** Turns what ECS shows of a task into the planner's words. */
// Over 200 lines with its Javadoc: what every kind of task is to Cloud Map.
final class TaskViews {
  /**
   * How a task of a service <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html">says</a>
   * whose it is: by what started it, a deployment, and its group.
   */
  private static final String BY_SERVICE = "ecs-svc/";

  private static final String GROUP = "service:";
  private static final String FAMILY_END = "-shepherd-canary";

  private final TaskDefinitions definitions;

  TaskViews(TaskDefinitions definitions) {
    this.definitions = definitions;
  }

  static String id(Task task) {
    return id(task.taskArn());
  }

  static String id(String arn) {
    return lastPart(arn);
  }

  /** The service that a canary's tag names, or whose task it is; one that none has for others. */
  static ServiceName service(String cluster, Task task) {
    String group = String.valueOf(task.group());
    if (canary(task).isPresent()) {
      return new ServiceName(cluster, tags(task).getOrDefault("shepherd:service", ""));
    }
    boolean ofService =
        String.valueOf(task.startedBy()).startsWith(BY_SERVICE) && group.startsWith(GROUP);
    return new ServiceName(cluster, ofService ? group.substring(GROUP.length()) : "");
  }

  /**
   * One task.
   *
   * @param registry how its service registers tasks here; absent when it does not
   * @param host the EC2 instance that it is on; absent on Fargate
   * @param listed when instances were listed: a service's task that came to run since cannot be
   *     among them
   */
  ServingTask of(
      String cluster,
      Task task,
      Optional<ServiceRegistry> registry,
      Optional<Hosts.Host> host,
      Instant listed) {
    Arn arn = Arn.fromString(task.taskArn());
    return new ServingTask(
        id(task),
        service(cluster, task),
        family(task),
        canary(task),
        canary(task).isEmpty() && progress(task) == Progress.RUNNING && !ranAt(listed, task)
            ? Progress.STARTING
            : progress(task),
        health(task),
        "true".equals(tags(task).get("shepherd:drain")),
        new ServingTask.Place(
            Optional.ofNullable(task.availabilityZone()).orElse(""),
            arn.region().orElse(""),
            host.map(Hosts.Host::instanceId)),
        registry.map(found -> TaskReach.of(task, found, host)).orElseGet(Reach.Nowhere::new));
  }

  /** By its mark, its family and its tags together; empty for any other task. */
  private static Optional<Canary> canary(Task task) {
    Map<String, String> tags = tags(task);
    String fleet = tags.getOrDefault("shepherd:fleet", "");
    String config = tags.getOrDefault("shepherd:config", "");
    boolean ours = Intake.CANARY.equals(task.startedBy())
        && family(task).endsWith(FAMILY_END)
        && tags.containsKey("shepherd:service")
        && config.matches("[0-9a-f]{12}")
        && !fleet.isEmpty()
        && !fleet.startsWith("/")
        && !fleet.endsWith("/");
    return ours
        ? Optional.of(new Canary(new FleetName(fleet), new ConfigHash(config)))
        : Optional.empty();
  }

  private static Map<String, String> tags(Task task) {
    Map<String, String> tags = new HashMap<>();
    task.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static String family(Task task) {
    return lastPart(task.taskDefinitionArn()).replaceFirst(":[0-9]+$", "");
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static boolean ranAt(Instant time, Task task) {
    return Optional.ofNullable(task.startedAt()).filter(time::isBefore).isEmpty();
  }

  private static Progress progress(Task task) {
    if (!"RUNNING".equals(task.desiredStatus())) {
      return switch (task.lastStatus()) {
        case "STOPPED", "DELETED" -> Progress.ENDED;
        default -> Progress.ENDING;
      };
    }
    return switch (task.lastStatus()) {
      case "RUNNING" -> Progress.RUNNING;
      case "PROVISIONING", "PENDING", "ACTIVATING" -> Progress.STARTING;
      default -> Progress.ENDING;
    };
  }

  /**
   * A task without a check has the health <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html">UNKNOWN</a>
   * for ever: its definition tells whether that is to be waited for.
   */
  private Health health(Task task) {
    if (progress(task) != Progress.RUNNING) {
      return Health.UNPROVEN;
    }
    return switch (task.healthStatus()) {
      case HEALTHY -> Health.WELL;
      case UNHEALTHY -> Health.UNHEALTHY;
      case UNKNOWN, UNKNOWN_TO_SDK_VERSION -> isChecked(task) ? Health.UNPROVEN : Health.WELL;
      case null -> isChecked(task) ? Health.UNPROVEN : Health.WELL;
    };
  }

  private boolean isChecked(Task task) {
    return definitions.read(task.taskDefinitionArn()).definition().containerDefinitions().stream()
        .anyMatch(container ->
            !Boolean.FALSE.equals(container.essential()) && container.healthCheck() != null);
  }
}
