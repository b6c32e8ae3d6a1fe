package dev.shepherd.functions.replacement;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.RunningTaskReader;
import dev.shepherd.functions.aws.ServiceViews;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.replacement.ReplacementDecision.OfService;
import dev.shepherd.shared.replacement.ReplacementDecision.Replace;
import dev.shepherd.shared.replacement.ReplacementDecision.Restart;
import dev.shepherd.shared.replacement.Sick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;

/**
 * Stops tasks, each looked at again right before, and asks for restarts. Calls for n tasks of a
 * service: one DescribeServices, ⌈n/10⌉ DescribeTasks, n StopTask, one PutEvents.
 */
final class ReplacementActs {
  /** So many are looked at together right before they are stopped. */
  private static final int CHUNK = 10;

  private static final int REASON = 200;

  private final ReplacementAws aws;
  private final FleetReader fleets;
  private final RunningTaskReader tasks;
  private final DomainEvents events;

  ReplacementActs(
      ReplacementAws aws, FleetReader fleets, RunningTaskReader tasks, DomainEvents events) {
    this.aws = aws;
    this.fleets = fleets;
    this.tasks = tasks;
    this.events = events;
  }

  /**
   * Stops these tasks.
   *
   * @param service as the plan saw it
   * @return those that were not stopped: well again, gone, refused, or the service has changed
   */
  List<String> replace(FleetName fleet, ServiceState service, Replace decision, Run run) {
    String subject = service.name().toString();
    List<String> stopped = new ArrayList<>();
    List<String> left = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    boolean asPlanned = isAsPlanned(service, failures);
    if (!asPlanned && failures.isEmpty()) {
      run.leftForNext(subject, "the service has changed since it was looked at");
    }
    for (List<String> chunk : Pages.chunks(decision.tasks(), CHUNK)) {
      if (!asPlanned || !run.hasTime()) {
        left.addAll(chunk);
        continue;
      }
      Set<String> sick = stillSick(service, chunk, failures);
      for (String task : chunk) {
        if (sick.contains(task) && stop(service, task, decision, failures)) {
          stopped.add(task);
        } else {
          left.add(task);
        }
      }
    }
    run.count("TasksReplaced", stopped.size());
    if (!stopped.isEmpty()) {
      tell(fleet, decision, stopped);
    }
    if (!failures.isEmpty()) {
      run.failed(subject, failures.size() + " calls refused: " + failures.getFirst());
    }
    return left;
  }

  private boolean isAsPlanned(ServiceState service, List<String> failures) {
    List<Service> now;
    try {
      now = fleets.describe(service.name().cluster(), List.of(service.name().service()));
    } catch (SdkException refused) {
      failures.add(AwsError.describe(refused));
      return false;
    }
    return now.size() == 1
        && now.getFirst().desiredCount() == service.desired()
        && ServiceViews.primary(now.getFirst()).id().equals(service.primary().id())
        && ServiceViews.deployments(now.getFirst()).stream()
            .noneMatch(each -> each.progress() == DeploymentState.Progress.IN_PROGRESS);
  }

  private Set<String> stillSick(ServiceState service, List<String> chunk, List<String> failures) {
    try {
      return tasks.again(service.name().cluster(), chunk).stream()
          .filter(task -> Sick.of(service, task).isPresent())
          .map(TaskState::id)
          .collect(Collectors.toSet());
    } catch (SdkException refused) {
      failures.add(AwsError.describe(refused));
      return Set.of();
    }
  }

  /** One whose answer is lost counts as stopped: it may be. */
  private boolean stop(ServiceState service, String task, Replace decision, List<String> failures) {
    String reason = "shepherd: " + decision.reason();
    try {
      aws.stopTask(StopTaskRequest.builder()
          .cluster(service.name().cluster())
          .task(task)
          .reason(reason.substring(0, Math.min(REASON, reason.length())))
          .build());
      return true;
    } catch (SdkException refused) {
      failures.add(AwsError.describe(refused));
      return AwsError.of(refused) == AwsError.TRY_LATER;
    }
  }

  private void tell(FleetName fleet, Replace decision, List<String> stopped) {
    Map<String, Object> detail = detail(fleet, decision.service().cluster());
    detail.put("service", decision.service().service());
    detail.put("tasks", stopped);
    detail.put("cause", decision.cause());
    detail.put("reason", decision.reason());
    events.publish("Task Replaced", decision.service().toString(), detail);
  }

  private static Map<String, Object> detail(FleetName fleet, String cluster) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("fleet", fleet);
    detail.put("cluster", cluster);
    return detail;
  }

  /**
   * Asks ConfigRollout for a forced deployment.
   *
   * @throws ReconcileException if the bus refuses the event; it is asked again
   */
  void restart(FleetName fleet, Restart decision, Run run) {
    Map<String, Object> detail = detail(fleet, decision.service().cluster());
    detail.put("service", decision.service().service());
    detail.put("task", decision.task());
    detail.put("reason", decision.reason());
    events.publish("Restart Requested", decision.service().toString(), detail);
    run.count("RestartsRequested", 1);
  }

  /** Tells people of a cause that holds replacements. */
  void held(FleetName fleet, String cause, List<OfService> decisions) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("fleet", fleet);
    detail.put("cause", cause);
    detail.put(
        "services", decisions.stream().map(each -> each.service().toString()).toList());
    detail.put(
        "collectors", decisions.stream().mapToInt(each -> each.tasks().size()).sum());
    detail.put("reason", decisions.getFirst().reason());
    events.publish("Replacement Held", fleet.toString(), detail);
  }
}
