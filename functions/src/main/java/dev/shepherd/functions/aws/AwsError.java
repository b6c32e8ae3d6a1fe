package dev.shepherd.functions.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an AWS error means for us, by its code: <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html">ECS</a>, <a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#API_PutParameter_Errors">Parameter
 * Store</a>, <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html#API_RegisterInstance_Errors">Cloud
 * Map</a>.
 */
public enum AwsError {
  /** What was asked for is not there any more. */
  GONE,
  /** What was to be done is done. */
  ALREADY_SO,
  /** A later try may well succeed; the SDK's own retries are used up. */
  TRY_LATER,
  /** Somebody has to change something first. */
  GIVE_UP;

  /** Says what {@code error} means; a code that is not known here is one to give up on. */
  public static AwsError of(SdkException error) {
    if (!(error instanceof AwsServiceException service)) {
      return TRY_LATER;
    }
    return switch (codeOf(service)) {
      case "ServiceNotFoundException", "ServiceNotActiveException", "ParameterNotFound" -> GONE;
      // Cloud Map's; InstanceNotFound also of one that was registered a moment ago.
      case "ServiceNotFound", "NamespaceNotFound", "InstanceNotFound", "OperationNotFound" -> GONE;
      // A DuplicateRequest names the operation that is already under way.
      case "ParameterAlreadyExists", "DuplicateRequest" -> ALREADY_SO;
      case "TooManyUpdates", "UpdateInProgressException", "ResourceInUse" -> TRY_LATER;
      default ->
        service.isThrottlingException() || service.statusCode() >= 500 ? TRY_LATER : GIVE_UP;
    };
  }

  /** A line for people: code, what AWS says, and what to do. AWS quotes no values of parameters. */
  public static String describe(SdkException error) {
    String what = error instanceof AwsServiceException service
        ? codeOf(service) + ": "
            + Optional.ofNullable(service.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("HTTP " + service.statusCode())
        : error.getClass().getSimpleName() + ": " + error.getMessage();
    return switch (of(error)) {
      case GONE, ALREADY_SO, TRY_LATER -> what + " (the schedule tries again)";
      case GIVE_UP -> what + " (needs a change; the schedule tries again)";
    };
  }

  private static String codeOf(AwsServiceException error) {
    return error.awsErrorDetails() == null
        ? ""
        : String.valueOf(error.awsErrorDetails().errorCode());
  }
}
