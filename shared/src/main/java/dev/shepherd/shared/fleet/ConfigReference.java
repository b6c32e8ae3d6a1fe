package dev.shepherd.shared.fleet;

/** How a container takes its config: which of a fleet's parameters its secret names. */
public sealed interface ConfigReference {
  FleetName fleet();

  /** The operator's own parameter: every task that ECS starts reads whatever stands there then. */
  record ByName(FleetName fleet) implements ConfigReference {}

  /** An immutable snapshot: the normal state. */
  record Pinned(FleetName fleet, ConfigHash hash) implements ConfigReference {}

  /** The text of the live config under one name: redeploy mode, for definitions only IaC writes. */
  record Current(FleetName fleet) implements ConfigReference {}
}
