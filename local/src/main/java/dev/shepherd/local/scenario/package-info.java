/** Scenario files, the runner that plays them over the local world, and what it reports. */
@NullMarked
package dev.shepherd.local.scenario;

import org.jspecify.annotations.NullMarked;
