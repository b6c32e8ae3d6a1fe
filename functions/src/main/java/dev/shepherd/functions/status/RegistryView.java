package dev.shepherd.functions.status;

import java.util.List;

/**
 * One Cloud Map service and what it should hold.
 *
 * @param id its id
 * @param expected how many running, healthy tasks should be in it
 * @param listed how many instances it has
 * @param missing tasks without an instance
 * @param stale instances of a fleet's service whose task is gone
 * @param foreign how many instances somebody else registered
 */
record RegistryView(
    String id, int expected, int listed, List<String> missing, List<String> stale, int foreign) {
  RegistryView {
    missing = List.copyOf(missing);
    stale = List.copyOf(stale);
  }

  boolean isExact() {
    return missing.isEmpty() && stale.isEmpty();
  }
}
