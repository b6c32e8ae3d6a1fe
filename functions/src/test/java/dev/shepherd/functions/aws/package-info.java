/** Tests of what stands in this package. */
@NullMarked
package dev.shepherd.functions.aws;

import org.jspecify.annotations.NullMarked;
