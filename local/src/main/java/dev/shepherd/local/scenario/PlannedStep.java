package dev.shepherd.local.scenario;

import java.time.Duration;

/**
 * A step, when it happens and where the scenario says so.
 *
 * @param at from the scenario's start
 */
public record PlannedStep(Duration at, Place place, Step step) {}
