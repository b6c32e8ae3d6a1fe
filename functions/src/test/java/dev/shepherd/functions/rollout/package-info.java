/** Tests of {@link dev.shepherd.functions.rollout}. */
@NullMarked
package dev.shepherd.functions.rollout;

import org.jspecify.annotations.NullMarked;
