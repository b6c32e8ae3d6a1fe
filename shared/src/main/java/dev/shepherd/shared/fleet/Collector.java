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
  /** What tells one binary from another: the digest where there is one, else the whole image. */
  public String binary() {
    return image.substring(image.indexOf('@') + 1);
  }
}
