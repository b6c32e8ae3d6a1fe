/** What is: clusters, services, tasks, parameters, registrations, events and the time. */
@NullMarked
package dev.shepherd.local.world;

import org.jspecify.annotations.NullMarked;
