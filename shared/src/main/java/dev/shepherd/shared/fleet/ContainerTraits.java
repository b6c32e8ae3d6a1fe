package dev.shepherd.shared.fleet;

import java.time.Duration;
import java.util.Optional;

/**
 * What a task definition says of how a container ends.
 *
 * @param essential whether its end ends the task
 * @param restartPeriod the attempt period of its <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html">restart
 *     policy</a>; absent when it has none
 */
public record ContainerTraits(String name, boolean essential, Optional<Duration> restartPeriod) {}
