package dev.shepherd.local.world;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * What <a href=
 * "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html">PutParameter</a>
 * refuses. Sizes are bytes of UTF-8.
 */
final class ParameterRules {
  private static final int STANDARD_BYTES = 4_096;
  private static final int ADVANCED_BYTES = 8_192;
  private static final int MAX_LEVELS = 15;
  private static final int MAX_ARN_LENGTH = 1_011;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.\\-/]+");

  private ParameterRules() {}

  static void checkName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.startsWith("/") ? lower.substring(1) : lower;
    if (bare.startsWith("aws") || bare.startsWith("ssm")) {
      throw AwsFailure.validation(
          "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
    }
    if (!NAME.matcher(name).matches() || name.endsWith("/") || name.contains("//")) {
      throw AwsFailure.validation(
          "Parameter name: can't be empty and can only be formed as a mix of letters, numbers and"
              + " the following symbols: .-_/");
    }
    if (name.contains("/") && !name.startsWith("/")) {
      throw AwsFailure.validation("Parameter name must be a fully qualified name.");
    }
    if (bare.chars().filter(each -> each == '/').count() >= MAX_LEVELS) {
      throw AwsFailure.refused(
          "HierarchyLevelLimitExceededException",
          "A hierarchy can have a maximum of " + MAX_LEVELS + " levels.");
    }
    if (StoredParameter.arn(name).length() > MAX_ARN_LENGTH) {
      throw AwsFailure.validation("Parameter name: can't be longer than 1011 characters.");
    }
  }

  static void checkRequest(PutParameterRequest request, Optional<ParameterVersion> before) {
    if (before.isPresent() && !Boolean.TRUE.equals(request.overwrite())) {
      throw AwsFailure.refused(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    if (request.hasTags() && Boolean.TRUE.equals(request.overwrite())) {
      throw AwsFailure.validation(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag. To update tags for an existing parameter,"
              + " please use AddTagsToResource or RemoveTagsFromResource.");
    }
    if (request.value() == null || request.value().isEmpty()) {
      throw AwsFailure.validation(
          "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member"
              + " must have length greater than or equal to 1");
    }
    checkPattern(request);
    if (request.value().contains("{{")) {
      throw AwsFailure.validation(
          "Parameter value can't nest another parameter. Do not use \"{{}}\" in the value.");
    }
  }

  private static void checkPattern(PutParameterRequest request) {
    if (request.allowedPattern() == null || request.allowedPattern().isEmpty()) {
      return;
    }
    boolean matches;
    try {
      matches =
          Pattern.compile(request.allowedPattern()).matcher(request.value()).find();
    } catch (PatternSyntaxException none) {
      throw AwsFailure.refused(
          "InvalidAllowedPatternException",
          "The request does not meet the regular expression requirement.");
    }
    if (!matches) {
      throw AwsFailure.refused(
          "ParameterPatternMismatchException",
          "Parameter value, cannot be validated against allowedPattern: "
              + request.allowedPattern());
    }
  }

  static ParameterType type(PutParameterRequest request, Optional<ParameterVersion> before) {
    if (request.type() == null) {
      return before
          .map(ParameterVersion::type)
          .orElseThrow(() ->
              AwsFailure.validation("A parameter type is required when you create a parameter."));
    }
    if (request.type() == ParameterType.UNKNOWN_TO_SDK_VERSION) {
      throw AwsFailure.refused(
          "UnsupportedParameterType",
          "The parameter type " + request.typeAsString() + " is not supported.");
    }
    if (before.isPresent() && before.get().type() != request.type()) {
      throw AwsFailure.refused(
          "HierarchyTypeMismatchException",
          "Parameter Store does not support changing a parameter type in a hierarchy.");
    }
    return request.type();
  }

  static ParameterTier tier(PutParameterRequest request, Optional<ParameterVersion> before) {
    int bytes = request.value().getBytes(StandardCharsets.UTF_8).length;
    boolean wasAdvanced = before
        .map(ParameterVersion::tier)
        .filter(ParameterTier.ADVANCED::equals)
        .isPresent();
    if (wasAdvanced && request.tier() == ParameterTier.STANDARD) {
      throw AwsFailure.validation(
          "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from"
              + " the advanced-parameter tier to the standard-parameter tier. If necessary, you can"
              + " delete the advanced parameter and recreate it as a standard parameter.");
    }
    boolean advanced = wasAdvanced
        || request.tier() == ParameterTier.ADVANCED
        || (request.tier() == ParameterTier.INTELLIGENT_TIERING && bytes > STANDARD_BYTES);
    if (advanced && bytes > ADVANCED_BYTES) {
      throw AwsFailure.validation(
          "Advanced tier parameters support a maximum parameter value of 8192 characters.");
    }
    if (!advanced && bytes > STANDARD_BYTES) {
      throw AwsFailure.validation(
          "Standard tier parameters support a maximum parameter value of 4096 characters. To create"
              + " a larger parameter value, upgrade the parameter to use the advanced-parameter"
              + " tier. For more information, see"
              + " https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
    }
    return advanced ? ParameterTier.ADVANCED : ParameterTier.STANDARD;
  }
}
