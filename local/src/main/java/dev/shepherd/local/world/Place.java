package dev.shepherd.local.world;

import java.util.Optional;

/**
 * Where a task runs.
 *
 * @param subnet its place in the network configuration, 0 where there is none
 * @param subnetId empty where the task has no network interface of its own
 */
record Place(
    String zone, String address, int subnet, Optional<String> subnetId, Optional<WorldHost> host) {}
