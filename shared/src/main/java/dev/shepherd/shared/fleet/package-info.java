/** The vocabulary that all planners share: fleets, services, tasks, policy. */
@NullMarked
package dev.shepherd.shared.fleet;

import org.jspecify.annotations.NullMarked;
