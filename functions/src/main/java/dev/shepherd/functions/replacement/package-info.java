/** The TaskReplacement function: the only one that stops services' tasks. */
@NullMarked
package dev.shepherd.functions.replacement;

import org.jspecify.annotations.NullMarked;
