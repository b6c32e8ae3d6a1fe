/** Tests of the replacement planner. */
@org.jspecify.annotations.NullMarked
package dev.shepherd.shared.replacement;
