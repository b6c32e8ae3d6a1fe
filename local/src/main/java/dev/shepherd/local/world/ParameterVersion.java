package dev.shepherd.local.world;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** One version of a parameter, as it was put. The key id is there for a SecureString only. */
public record ParameterVersion(
    String name,
    long version,
    String text,
    ParameterType type,
    ParameterTier tier,
    Optional<String> keyId,
    Optional<String> description,
    Optional<String> allowedPattern,
    Instant modified) {

  /** The text as the API shows it: a SecureString that is not decrypted is an opaque blob. */
  public String shown(boolean decrypted) {
    if (decrypted || type != ParameterType.SECURE_STRING) {
      return text;
    }
    String sealed = Digests.sha256(keyId.orElse("") + '\n' + text);
    return "AQICAHh"
        + Base64.getEncoder().encodeToString(sealed.getBytes(StandardCharsets.US_ASCII));
  }

  /** The API's shape. */
  public Parameter parameter(boolean decrypted) {
    return Parameter.builder()
        .name(name)
        .type(type)
        .value(shown(decrypted))
        .version(version)
        .lastModifiedDate(modified)
        .arn(StoredParameter.arn(name))
        .dataType("text")
        .build();
  }
}
