/** What {@code ./shepherd bench} measures. */
@NullMarked
package dev.shepherd.local.bench;

import org.jspecify.annotations.NullMarked;
