package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;

/**
 * A hash that failed by itself, on one binary; another binary may try it again.
 *
 * @param binary what tells the collector's binary
 *     ({@link dev.shepherd.shared.fleet.Collector#binary})
 * @param reason task, container, exit code and text
 */
public record Quarantine(ConfigHash hash, String binary, String reason) {}
