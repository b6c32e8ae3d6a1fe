/** The ConfigRollout function. */
@NullMarked
package dev.shepherd.functions.rollout;

import org.jspecify.annotations.NullMarked;
