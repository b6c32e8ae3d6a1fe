package dev.shepherd.functions.status;

import java.time.Instant;
import java.util.List;

/**
 * What one look saw, ready to be shown in any form.
 *
 * @param moreFleets how many fleets are left out
 * @param failures what could not be read, and why
 */
record StatusView(Instant now, List<FleetView> fleets, int moreFleets, List<Failure> failures) {
  private static final int FAILURES = 50;

  /** What could not be read. */
  record Failure(String subject, String reason) {}

  StatusView {
    fleets = List.copyOf(fleets);
    failures = failures.stream().distinct().limit(FAILURES).toList();
  }

  /** The same with so many fleets at most, and so many services of each. */
  StatusView upTo(int most, int services) {
    return new StatusView(
        now,
        fleets.stream().limit(most).map(fleet -> fleet.upTo(services)).toList(),
        moreFleets + Math.max(0, fleets.size() - most),
        failures);
  }
}
