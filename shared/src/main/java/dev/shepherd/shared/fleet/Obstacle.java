package dev.shepherd.shared.fleet;

/** What in a task definition keeps a task of it from running beside the service's own tasks. */
public enum Obstacle {
  /** Host networking: every port is the host's. */
  HOST_NETWORK,
  /** A container has a port of its host for itself. */
  FIXED_HOST_PORTS,
  /** A volume that is made for each task when it is started. */
  VOLUME_AT_LAUNCH
}
