package dev.shepherd.local.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Secret;

/**
 * Reads the parameters that a task's secrets name, as they stand at that moment, with the task's
 * execution role.
 */
final class Secrets {
  private final ParameterStore parameters;
  private final Shortages shortages;

  Secrets(ParameterStore parameters, Shortages shortages) {
    this.parameters = parameters;
    this.shortages = shortages;
  }

  /**
   * Gives each container its texts, or says why the task cannot start, <a href=
   * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html">in
   * the words of ECS</a>: Fargate's and the EC2 agent's differ.
   */
  Optional<String> read(WorldTask task) {
    List<String> missing = new ArrayList<>();
    for (WorldContainer container : task.containers()) {
      Map<String, String> texts = new LinkedHashMap<>();
      for (Secret secret : container.definition().secrets()) {
        String from = secret.valueFrom();
        if (isParameter(from)) {
          if (shortages.deniesSecret(task.executionRole(), parameters.bareName(from))) {
            return Optional.of(denied(task, parameters.bareName(from)));
          }
          read(from, texts, missing);
        }
      }
      container.secrets(texts);
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(invalid(task, missing));
  }

  private static boolean isParameter(String valueFrom) {
    return !valueFrom.startsWith("arn:") || valueFrom.contains(":ssm:");
  }

  private void read(String valueFrom, Map<String, String> texts, List<String> missing) {
    Optional<ParameterVersion> found = parameters.find(valueFrom).map(StoredParameter::latest);
    found.ifPresentOrElse(
        version -> texts.put(version.name(), version.text()), () -> missing.add(valueFrom));
  }

  private static String denied(WorldTask task, String parameter) {
    String role = task.executionRole();
    String why =
        ("AccessDeniedException: User: arn:aws:sts::%s:assumed-role/%s/%s is not authorized"
                + " to perform: ssm:GetParameters on resource: %s because no identity-based policy"
                + " allows the ssm:GetParameters action status code: 400, request id: %s")
            .formatted(
                Arns.ACCOUNT,
                role.substring(role.lastIndexOf('/') + 1),
                task.id(),
                Arns.of("ssm", "parameter/" + parameter.replaceFirst("^/", "")),
                Ids.uuid(task.id()));
    return isFargate(task)
        ? onFargate(why)
        : "Fetching secret data from SSM Parameter Store in " + Arns.REGION + ": " + why;
  }

  private static String invalid(WorldTask task, List<String> missing) {
    return isFargate(task)
        ? onFargate("invalid ssm parameters: " + String.join(", ", missing))
        : "Fetching secret data from SSM Parameter Store in %s: invalid parameters: %s"
            .formatted(Arns.REGION, String.join(", ", missing));
  }

  private static String onFargate(String why) {
    return "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
        + " retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1"
        + " time(s): "
        + why;
  }

  private static boolean isFargate(WorldTask task) {
    return task.task().launchType() == LaunchType.FARGATE;
  }
}
