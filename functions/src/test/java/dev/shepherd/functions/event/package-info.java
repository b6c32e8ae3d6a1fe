/** Tests of what stands in this package. */
@NullMarked
package dev.shepherd.functions.event;

import org.jspecify.annotations.NullMarked;
