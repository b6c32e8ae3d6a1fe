package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;

/**
 * A refused text.
 *
 * @param version Parameter Store's number of it
 * @param reason the findings, with line and rule and without values
 */
public record Rejection(ConfigHash hash, long version, String reason) {}
