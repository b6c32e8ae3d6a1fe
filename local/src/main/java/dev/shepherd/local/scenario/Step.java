package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.Optional;

/** Something that happens to the local world at a set time: one record per kind of step. */
public sealed interface Step {
  /** The operator writes a config; {@code label} says where the text comes from. */
  record Put(String parameter, String text, String label) implements Step {
    /** Without the text, which may hold secrets. */
    @Override
    public String toString() {
      return "Put[" + parameter + ", " + label + "]";
    }
  }

  /** The operator deletes a parameter. */
  record Delete(String parameter) implements Step {}

  /** The operator tags a parameter. */
  record Tag(String parameter, String key, String value) implements Step {}

  /** Someone ships the app: a new revision with this reference, rolled out. */
  record Deploy(String service, String by, ServiceSpec.Reference reference) implements Step {}

  /** Someone sets a service's desired count. */
  record Scale(String service, int tasks) implements Step {}

  /** A container of this many running tasks exits with code 1. */
  record Kill(String service, String container, int tasks) implements Step {}

  /** Collectors of running tasks turn UNHEALTHY and stay so; their successors do not. */
  record Unhealthy(String service, int percent, Optional<String> zone) implements Step {}

  /**
   * From now on, every collector container that reads the text that the fleet's parameter holds now
   * does this.
   *
   * @param after counted from the container's start
   */
  record Behave(String config, Collector collector, Duration after) implements Step {}

  /** Registrations of tasks that are gone appear. */
  record Orphan(String service, int instances) implements Step {}

  /** Registrations of live tasks vanish. */
  record Unregister(String service, int instances) implements Step {}

  /** Registrations appear that carry a live task's address under another id. */
  record ReuseIp(String service, int instances) implements Step {}

  /** Registrations appear that ECS did not make. */
  record ForeignInstance(String service, int instances) implements Step {}

  /** A CloudWatch alarm changes its state. */
  record Alarm(String name, String state) implements Step {}

  /** A container instance stops, counted from 1. */
  record StopHost(String service, int host) implements Step {}

  /** The function is killed at its nth AWS call from now, once. */
  record KillCall(String function, int call) implements Step {}

  /** All faults end. */
  record FaultsOff() implements Step {}

  /** What a collector container does with a text. */
  enum Collector {
    CRASH("crash"),
    UNHEALTHY("unhealthy"),
    NEVER_HEALTHY("neverHealthy"),
    OOM("oom"),
    OK("ok");

    private final String word;

    Collector(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
