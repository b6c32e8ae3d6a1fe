/** What calls a function: events, as hints where to look. */
@NullMarked
package dev.shepherd.functions.event;

import org.jspecify.annotations.NullMarked;
