/** Tests of what stands in this package. */
@NullMarked
package dev.shepherd.functions.status;

import org.jspecify.annotations.NullMarked;
