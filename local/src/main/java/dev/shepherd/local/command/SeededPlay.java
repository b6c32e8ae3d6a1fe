package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Report;
import java.util.Optional;

/** Plays one seed; several may be played at once. */
interface SeededPlay {
  /** Without a seed, the scenario's own or the first. */
  Report play(Optional<Long> seed);
}
