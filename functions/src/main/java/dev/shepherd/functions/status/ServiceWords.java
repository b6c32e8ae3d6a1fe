package dev.shepherd.functions.status;

import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What text and HTML say of a service in the same words. */
final class ServiceWords {
  private ServiceWords() {}

  /** What is to be said of a service beside its counts. */
  static List<String> notes(ServiceView service) {
    List<String> notes = new ArrayList<>();
    if (!service.whole()) {
      notes.add("its tasks could not be read");
    }
    if (service.reference().contains("by name")) {
      notes.add("by name: split-fleet risk");
    } else if (!service.isOnLive()) {
      notes.add("not on live");
    }
    if (service.reference().contains("current")) {
      notes.add("redeploy mode: ECS's own rollback brings no old text back");
    }
    switch (service.service().owner()) {
      case TAGGED_OUT -> notes.add("left alone: shepherd:managed=false");
      case OTHER_CONTROLLER -> notes.add("report only: another deployment controller");
      case SHEPHERD -> {}
    }
    for (DeploymentState each : service.service().deployments()) {
      switch (each.progress()) {
        case IN_PROGRESS -> notes.add("deploying since " + Words.time(each.createdAt()));
        case FAILED -> notes.add("a deployment failed");
        case COMPLETED -> {}
      }
    }
    return notes.stream().distinct().toList();
  }

  /** Its sick collectors, one line for each way of being sick. */
  static List<String> sick(ServiceView service) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    service
        .sick()
        .forEach(each ->
            alike.computeIfAbsent(each.what(), _ -> new ArrayList<>()).add(Words.task(each.id())));
    List<String> lines = new ArrayList<>();
    alike.forEach(
        (what, tasks) -> lines.add((tasks.size() == 1 ? "task " : tasks.size() + " tasks ")
            + Words.some(tasks) + ": " + what));
    if (service.moreSick() > 0) {
      lines.add("and " + service.moreSick() + " more");
    }
    return lines;
  }

  /** {@code gateway:12}. */
  static String revision(ServiceState service) {
    return ServiceView.shortName(service.definition().arn());
  }
}
