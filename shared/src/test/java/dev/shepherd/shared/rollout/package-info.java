/** Tests of the rollout's planner: tables with named rows. */
@NullMarked
package dev.shepherd.shared.rollout;

import org.jspecify.annotations.NullMarked;
