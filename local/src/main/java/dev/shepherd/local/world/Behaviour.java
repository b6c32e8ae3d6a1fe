package dev.shepherd.local.world;

import java.time.Duration;

/** How containers that read a certain text behave. Durations count from the container's start. */
public sealed interface Behaviour {
  /** It runs, and is healthy where it is checked. */
  record Ok() implements Behaviour {}

  /** It exits with code 1. */
  record Crash(Duration after) implements Behaviour {}

  /** Its health check fails from then on. */
  record Unhealthy(Duration after) implements Behaviour {}

  /** Its health check never passes: unhealthy once the retries are used up. */
  record NeverHealthy() implements Behaviour {}

  /** It is killed for its memory: exit code 137 with ECS's reason. */
  record Oom(Duration after) implements Behaviour {}
}
