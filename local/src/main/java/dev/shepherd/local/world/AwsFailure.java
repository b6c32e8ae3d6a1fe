package dev.shepherd.local.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * AWS's answer to a call that it refuses: a service's own error code, a message, an HTTP status.
 */
public final class AwsFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final int status;
  private final ObjectNode members = JsonNodeFactory.instance.objectNode();

  private AwsFailure(String code, String message, int status) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /** The caller's fault: HTTP 400. */
  public static AwsFailure refused(String code, String message) {
    return new AwsFailure(code, message, 400);
  }

  /** The service's fault: HTTP 500, which the SDK tries again. */
  public static AwsFailure server(String code, String message) {
    return new AwsFailure(code, message, 500);
  }

  /** Systems Manager and EventBridge say so for most of what breaks a rule. */
  public static AwsFailure validation(String message) {
    return refused("ValidationException", message);
  }

  /** ECS says so for a value that it does not take. */
  public static AwsFailure invalidParameter(String message) {
    return refused("InvalidParameterException", message);
  }

  /** ECS says so for a request that does not fit what is there. */
  public static AwsFailure client(String message) {
    return refused("ClientException", message);
  }

  /** With one more member of the error's shape: {@code DuplicateOperationId}. */
  public AwsFailure with(String member, String value) {
    members.put(member, value);
    return this;
  }

  /** With one more member that is a list: {@code resourceIds}. */
  public AwsFailure with(String member, List<String> values) {
    values.forEach(members.putArray(member)::add);
    return this;
  }

  /** What the error's shape has besides its message. */
  public ObjectNode members() {
    return members;
  }

  /** The {@code __type} on the wire: {@code ClusterNotFoundException}. */
  public String code() {
    return code;
  }

  /** The HTTP status: 400 or 500. */
  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
