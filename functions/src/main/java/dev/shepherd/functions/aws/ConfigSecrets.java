package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * How a container's secrets name parameters: by <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html">name,
 * or by full ARN</a>. A parameter of another account or region is none of ours.
 *
 * @param names the fleets' parameters
 * @param owner the ARN of the task definition, for its account and region
 */
record ConfigSecrets(ParameterNames names, Arn owner) {
  private static final String RESOURCE = "parameter";

  /** The secrets of such a definition. */
  static ConfigSecrets of(TaskDefinition definition, ParameterNames names) {
    return new ConfigSecrets(names, Arn.fromString(definition.taskDefinitionArn()));
  }

  /** The configs that a container takes, each once. */
  Stream<ConfigReference> of(ContainerDefinition container) {
    return container.secrets().stream()
        .flatMap(secret -> reference(secret).stream())
        .distinct();
  }

  /** The config that the secret takes; empty for any other secret. */
  Optional<ConfigReference> reference(Secret secret) {
    String from = secret.valueFrom();
    if (!from.startsWith("arn:")) {
      return names.reference(from);
    }
    return Arn.tryFromString(from)
        .filter(arn -> arn.service().equals("ssm")
            && arn.region().equals(owner.region())
            && arn.accountId().equals(owner.accountId())
            && arn.resourceAsString().startsWith(RESOURCE + "/"))
        .flatMap(arn -> names.reference(arn.resourceAsString().substring(RESOURCE.length())));
  }

  /** Whether the secret takes this fleet's config in a way that pinning changes. */
  boolean isPinnable(Secret secret, FleetName fleet) {
    return reference(secret)
        .filter(reference -> reference.fleet().equals(fleet))
        .filter(reference -> !(reference instanceof ConfigReference.Current))
        .isPresent();
  }

  /** The same secret from another parameter, named the way that it was named before. */
  static Secret from(Secret secret, String parameter) {
    String old = secret.valueFrom();
    String name = old.startsWith("arn:")
        ? old.substring(0, old.indexOf(":" + RESOURCE + "/") + RESOURCE.length() + 1) + parameter
        : parameter;
    return secret.toBuilder().valueFrom(name).build();
  }
}
