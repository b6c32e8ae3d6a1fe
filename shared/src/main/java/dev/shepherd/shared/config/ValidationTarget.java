package dev.shepherd.shared.config;

import java.util.Optional;

/**
 * What a config is to run on.
 *
 * @param image the collector's image with its tag, {@code …/aws-otel-collector:v0.49.0}; without it
 *     the newest known release is taken
 * @param task the task definition that will run it; without it only the collector's rules apply
 */
public record ValidationTarget(Optional<String> image, Optional<TaskFacts> task) {
  /** Nothing is known: the newest release's own rules. */
  public static final ValidationTarget UNKNOWN =
      new ValidationTarget(Optional.empty(), Optional.empty());

  /** An ADOT release, {@code 0.49.0} or {@code v0.49.0}. */
  public static ValidationTarget release(String version) {
    String tag = version.startsWith("v") ? version : "v" + version;
    return new ValidationTarget(Optional.of("aws-otel-collector:" + tag), Optional.empty());
  }

  /** An image by its reference. */
  public static ValidationTarget image(String reference) {
    return new ValidationTarget(Optional.of(reference), Optional.empty());
  }

  /** The task definition, with the image of its collector. */
  public static ValidationTarget task(TaskFacts task) {
    return new ValidationTarget(
        Optional.of(task.collector().image()).filter(image -> !image.isEmpty()), Optional.of(task));
  }
}
