package dev.shepherd.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.ParameterVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What AWS asks IAM about Parameter Store's calls. */
final class SsmAsks {
  private static final String VIA = "ssm." + Arns.REGION + ".amazonaws.com";

  private final ParameterStore parameters;

  SsmAsks(ParameterStore parameters) {
    this.parameters = parameters;
  }

  List<Ask> of(String operation, JsonNode request) {
    return switch (operation) {
      case "ssm:DescribeParameters" -> List.of(Ask.of(operation, "*"));
      case "ssm:GetParameters" ->
        Asks.items(request.path("Names"))
            .flatMap(name -> read(operation, name.asText(), request).stream())
            .toList();
      case "ssm:GetParameterHistory" -> read(operation, request.path("Name").asText(), request);
      case "ssm:ListTagsForResource" ->
        List.of(Ask.of(operation, arn(request.path("ResourceId").asText())));
      case "ssm:DeleteParameter" ->
        List.of(Ask.of(operation, arn(request.path("Name").asText())));
      case "ssm:PutParameter" -> written(operation, request);
      default -> throw new IllegalArgumentException("what IAM is asked of " + operation + "?");
    };
  }

  private List<Ask> read(String operation, String name, JsonNode request) {
    List<Ask> asks = new ArrayList<>();
    asks.add(Ask.of(operation, arn(name)));
    if (request.path("WithDecryption").asBoolean()) {
      parameters
          .find(name)
          .map(found -> found.latest())
          .flatMap(ParameterVersion::keyId)
          .flatMap(SsmAsks::ownKey)
          .ifPresent(key -> asks.add(kms("kms:Decrypt", key)));
    }
    return asks;
  }

  /**
   * A SecureString of the standard tier is encrypted by the key, one of the advanced tier by <a
   * href="https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html">a
   * data key</a>; which it will be, the request need not say.
   */
  private static List<Ask> written(String operation, JsonNode request) {
    List<Ask> asks = new ArrayList<>();
    asks.add(Ask.of(operation, arn(request.path("Name").asText()))
        .with("ssm:Overwrite", Boolean.toString(request.path("Overwrite").asBoolean())));
    ownKey(request.path("KeyId").asText()).ifPresent(key -> {
      asks.add(kms("kms:Encrypt", key));
      asks.add(kms("kms:GenerateDataKey", key));
      asks.add(kms("kms:Decrypt", key));
    });
    return asks;
  }

  private static Ask kms(String action, String key) {
    return Ask.of(action, Arns.of("kms", "key/" + key)).with("kms:ViaService", VIA);
  }

  /** The key that AWS keeps for Systems Manager needs no right of the caller's own. */
  private static Optional<String> ownKey(String keyId) {
    return keyId.isEmpty() || keyId.equals("alias/aws/ssm")
        ? Optional.empty()
        : Optional.of(Asks.last(keyId));
  }

  /** A selector ({@code name:3}) is no part of the ARN. */
  private static String arn(String name) {
    if (name.startsWith("arn:")) {
      return name;
    }
    String bare = name.split(":", 2)[0];
    return Arns.of("ssm", bare.startsWith("/") ? "parameter" + bare : "parameter/" + bare);
  }
}
