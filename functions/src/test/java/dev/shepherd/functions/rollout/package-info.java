/** Tests of what stands in this package. */
@NullMarked
package dev.shepherd.functions.rollout;

import org.jspecify.annotations.NullMarked;
