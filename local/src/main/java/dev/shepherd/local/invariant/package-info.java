/** What must always hold, checked from outside: by the world and by the calls that were made. */
@NullMarked
package dev.shepherd.local.invariant;

import org.jspecify.annotations.NullMarked;
