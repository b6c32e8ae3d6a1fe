/**
 * Reads a collector's configuration and says, with positions, what is wrong with it. Pure: text in,
 * findings out.
 */
@NullMarked
package dev.shepherd.shared.config;

import org.jspecify.annotations.NullMarked;
