/**
 * What the functions share of AWS: reading fleets, parameters and definitions, and telling about
 * it.
 */
@NullMarked
package dev.shepherd.functions.aws;

import org.jspecify.annotations.NullMarked;
