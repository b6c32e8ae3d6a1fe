/** Replacing the collectors that ECS leaves broken: what is sick, why, and what to do about it. */
@NullMarked
package dev.shepherd.shared.replacement;

import org.jspecify.annotations.NullMarked;
