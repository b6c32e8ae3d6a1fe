package dev.shepherd.shared.rollout;

import java.util.Optional;

/**
 * What a parameter is beside its text; a copy of the text keeps all three.
 *
 * @param type {@code String} or {@code SecureString}
 * @param keyId the KMS key of a SecureString, as Parameter Store names it
 * @param tier {@code Standard} or {@code Advanced}
 */
public record ParameterKind(String type, Optional<String> keyId, String tier) {}
