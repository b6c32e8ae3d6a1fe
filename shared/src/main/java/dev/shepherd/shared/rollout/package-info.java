/** Rolling a config over a fleet: the planner, what it sees and what it decides. */
@NullMarked
package dev.shepherd.shared.rollout;

import org.jspecify.annotations.NullMarked;
