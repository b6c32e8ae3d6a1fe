package dev.shepherd.local.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fewest calls that any correct controller could make. */
final class PageMinimum {
  private PageMinimum() {}

  /** @param formula for people */
  record Least(double calls, String formula) {}

  /** For a quiet run of each function. */
  static Map<String, Least> quiet(SampleFleets fleets) {
    return quiet(fleets, fleets.tasks());
  }

  /** For runs that change nothing while so many tasks of services run. */
  static Map<String, Least> quiet(SampleFleets fleets, int running) {
    int services = pages(fleets.services(), 100) + pages(fleets.services(), 10);
    int tasks = pages(running, 100);
    int gateway = pages(fleets.gatewayTasks(), 100);
    int f = SampleFleets.FLEETS;
    Map<String, Least> least = new LinkedHashMap<>();
    least.put(
        "ConfigRollout",
        new Least(
            services + pages(f, 50) + pages(5 * f, 10) + f, "⌈S/100⌉+⌈S/10⌉+⌈F/50⌉+⌈5F/10⌉+F"));
    least.put("TaskReplacement", new Least(services + 2 * tasks, "⌈S/100⌉+⌈S/10⌉+2⌈n/100⌉"));
    least.put(
        "RegistrationSync",
        new Least(services + 3 * gateway + 1, "⌈S/100⌉+⌈S/10⌉+⌈I/100⌉+2⌈I/100⌉+C"));
    return least;
  }

  private static int pages(int of, int page) {
    return Math.max(1, Math.ceilDiv(of, page));
  }
}
