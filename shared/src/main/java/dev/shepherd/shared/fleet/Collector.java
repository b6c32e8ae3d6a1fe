package dev.shepherd.shared.fleet;

/**
 * A container of a task definition that takes its config from one of a fleet's parameters.
 *
 * @param container its name in the task definition
 * @param image its image as the task definition writes it
 * @param reference which parameter it takes
 * @param healthCheck whether the task definition checks its health: an image's own check is <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html">ignored
 *     by ECS</a>
 * @param essential whether its end ends the task
 */
public record Collector(
    String container,
    String image,
    ConfigReference reference,
    boolean healthCheck,
    boolean essential) {
  private static final String DIGEST = "sha256:";
  private static final int DIGITS = 12;

  /** What tells one binary from another: the digest's beginning, or the whole image without one. */
  public String binary() {
    String end = image.substring(image.indexOf('@') + 1);
    return isDigest(end) && end.length() > DIGEST.length() + DIGITS
        ? end.substring(0, DIGEST.length() + DIGITS)
        : end;
  }

  /** Whether such a binary is told by a digest, and so for good. */
  public static boolean isDigest(String binary) {
    return binary.startsWith(DIGEST);
  }
}
