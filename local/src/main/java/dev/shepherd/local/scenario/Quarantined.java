package dev.shepherd.local.scenario;

/**
 * A config that is not tried again.
 *
 * @param image the digest of the collector's image that it failed in
 */
record Quarantined(String hash, String image, String reason) {}
