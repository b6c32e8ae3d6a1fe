package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a fleet stood from one moment until the next sample.
 *
 * @param at virtual time from the start
 * @param byConfig running tasks, probes and canaries included, by the hash of the text that they
 *     read at their start
 * @param desired tasks that the services are to have
 * @param healthy tasks of the services that are, as the report counts them
 * @param extras probes and canaries that run
 * @param unpromoted the greatest share of the fleet's tasks on one hash that never was live
 * @param registered instances that Cloud Map shows
 * @param misregistered instances that are missing there, or belong to no task
 */
record FleetSample(
    Duration at,
    SortedMap<String, Integer> byConfig,
    int desired,
    int healthy,
    int extras,
    double unpromoted,
    int registered,
    int misregistered) {
  FleetSample {
    byConfig = Collections.unmodifiableSortedMap(new TreeMap<>(byConfig));
  }

  int unavailable() {
    return Math.max(0, desired - healthy);
  }

  boolean isLike(FleetSample other) {
    return at(other.at).equals(other);
  }

  /** The worse of two neighbours stands for both, from when the first was seen. */
  FleetSample merge(FleetSample next) {
    boolean nextIsWorse = next.unavailable() > unavailable()
        || (next.unavailable() == unavailable() && next.unpromoted > unpromoted);
    return nextIsWorse ? next.at(at) : this;
  }

  private FleetSample at(Duration other) {
    return new FleetSample(
        other, byConfig, desired, healthy, extras, unpromoted, registered, misregistered);
  }
}
