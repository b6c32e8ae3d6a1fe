/** Tests of the project as a whole. */
@NullMarked
package dev.shepherd.local;

import org.jspecify.annotations.NullMarked;
