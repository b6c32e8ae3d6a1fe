/** Keeping Cloud Map true: what should be registered against what is. */
@NullMarked
package dev.shepherd.shared.registration;

import org.jspecify.annotations.NullMarked;
