package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.CloudMap;
import dev.shepherd.local.world.CloudMapService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the timeline names a call that changes something. */
final class ActionText {
  private ActionText() {}

  /** The Cloud Map service, the ECS service, the family or the task that it is done to. */
  static String subject(ObjectNode request, CloudMap cloudMap) {
    if (request.has("ServiceId")) {
      String id = request.path("ServiceId").asText();
      return Optional.ofNullable(cloudMap.services().get(id))
          .map(CloudMapService::name)
          .orElse(id);
    }
    return Stream.of("service", "family", "taskDefinition")
        .map(member -> request.path(member).asText())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseGet(() -> task(request))
        .replaceFirst("^.*/", "");
  }

  /** As much of a task's id as tells it from others. */
  private static String task(ObjectNode request) {
    return request
        .path("task")
        .asText(request.path("resourceArn").asText())
        .replaceFirst("^.*/", "")
        .replaceFirst("(?<=^.{12}).*", "");
  }

  /** What a name does not tell, after it. */
  static String what(String name, ObjectNode request) {
    return switch (name) {
      case "RegisterTaskDefinition" -> ": reads " + String.join(", ", secrets(request));
      case "UpdateService" ->
        request.path("forceNewDeployment").asBoolean()
            ? ": forces a new deployment"
            : ": to " + request.path("taskDefinition").asText().replaceFirst("^.*/", "");
      case "StopTask" -> ": " + request.path("reason").asText();
      default -> "";
    };
  }

  private static List<String> secrets(ObjectNode request) {
    return request.findValuesAsText("valueFrom").stream()
        .map(from -> from.replaceFirst("^arn:[^/]*parameter/", "/"))
        .distinct()
        .toList();
  }
}
