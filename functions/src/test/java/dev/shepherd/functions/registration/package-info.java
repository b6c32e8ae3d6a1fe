/** Tests of {@link dev.shepherd.functions.registration}. */
@NullMarked
package dev.shepherd.functions.registration;

import org.jspecify.annotations.NullMarked;
