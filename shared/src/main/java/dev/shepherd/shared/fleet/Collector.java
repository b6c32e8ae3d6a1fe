package dev.shepherd.shared.fleet;

/**
 * A container of a task definition that takes its config from one of a fleet's parameters.
 *
 * @param container its name in the task definition
 * @param reference which parameter it takes
 * @param healthCheck whether the task definition checks its health: an image's own check is <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html">ignored
 *     by ECS</a>
 */
public record Collector(String container, ConfigReference reference, boolean healthCheck) {}
