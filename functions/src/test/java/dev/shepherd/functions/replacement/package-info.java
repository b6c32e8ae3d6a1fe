/** Tests of TaskReplacement's parts. */
@NullMarked
package dev.shepherd.functions.replacement;

import org.jspecify.annotations.NullMarked;
