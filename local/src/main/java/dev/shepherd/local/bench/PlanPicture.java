package dev.shepherd.local.bench;

import java.util.function.Supplier;

/** What a planner may see, drawn at any size, and planned under the template's limits. */
enum PlanPicture {
  /** All services run live; their tasks are not read, since nobody asks for them. */
  ROLLOUT_QUIET("RolloutPlanner, quiet"),
  /** A new text while every service takes the config by name: each one's role is probed first. */
  ROLLOUT_BEGINS("RolloutPlanner, a rollout begins"),
  /** Over half of the services have gone over; the last five have settled, and five more begin. */
  ROLLOUT_MIDST("RolloutPlanner, in the midst of a rollout"),
  REPLACEMENT_QUIET("ReplacementPlanner, quiet"),
  REPLACEMENT_BROKEN("ReplacementPlanner, 5% broken"),
  REPLACEMENT_STORM("ReplacementPlanner, all broken"),
  REGISTRATION_QUIET("RegistrationPlanner, quiet"),
  REGISTRATION_STALE("RegistrationPlanner, 5% stale");

  private static final int FIVE_PERCENT = 20;

  private final String words;

  PlanPicture(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** How many tasks the planner is told of. */
  int tasks(SampleFleets fleets) {
    return switch (this) {
      case ROLLOUT_QUIET,
          ROLLOUT_BEGINS,
          ROLLOUT_MIDST,
          REPLACEMENT_QUIET,
          REPLACEMENT_BROKEN,
          REPLACEMENT_STORM -> fleets.tasks();
      case REGISTRATION_QUIET, REGISTRATION_STALE -> fleets.gatewayTasks();
    };
  }

  /** Draws it; what is returned plans it once, and always the same. */
  Supplier<?> draw(SampleFleets fleets) {
    return switch (this) {
      case ROLLOUT_QUIET -> RolloutPictures.quiet(fleets);
      case ROLLOUT_BEGINS -> RolloutPictures.begins(fleets);
      case ROLLOUT_MIDST -> RolloutPictures.midst(fleets);
      case REPLACEMENT_QUIET -> ReplacementPictures.brokenOneIn(0, fleets);
      case REPLACEMENT_BROKEN -> ReplacementPictures.brokenOneIn(FIVE_PERCENT, fleets);
      case REPLACEMENT_STORM -> ReplacementPictures.brokenOneIn(1, fleets);
      case REGISTRATION_QUIET -> RegistrationPictures.staleOneIn(0, fleets);
      case REGISTRATION_STALE -> RegistrationPictures.staleOneIn(FIVE_PERCENT, fleets);
    };
  }
}
