/** FleetStatus: what stands where, for people; it changes nothing. */
@NullMarked
package dev.shepherd.functions.status;

import org.jspecify.annotations.NullMarked;
