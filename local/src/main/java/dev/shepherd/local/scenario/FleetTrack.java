package dev.shepherd.local.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A fleet's samples: one for each change, and where those are too many, one for several. */
final class FleetTrack {
  private final FleetSpec fleet;
  private final int most;
  private final SortedSet<String> bad = new TreeSet<>();
  private List<FleetSample> samples = new ArrayList<>();

  /** @param most how many samples are kept, 2 or more */
  FleetTrack(FleetSpec fleet, int most) {
    this.fleet = fleet;
    this.most = most;
  }

  FleetSpec fleet() {
    return fleet;
  }

  /** Takes the next sample in time; one that shows what the last one shows adds nothing. */
  void add(FleetSample sample) {
    if (samples.isEmpty() || !sample.isLike(samples.getLast())) {
      samples.add(sample);
      samples = thinned(samples, most);
    }
  }

  /** A collector on this hash does what it should not. */
  void bad(String hash) {
    bad.add(hash);
  }

  SortedSet<String> bad() {
    return Collections.unmodifiableSortedSet(bad);
  }

  /** In order of time; at most this many. */
  List<FleetSample> samples(int limit) {
    return List.copyOf(thinned(samples, limit));
  }

  /**
   * Halves them, neighbour by neighbour, until they are few enough; the last one stays as it is.
   */
  private static List<FleetSample> thinned(List<FleetSample> all, int limit) {
    List<FleetSample> kept = all;
    while (kept.size() > Math.max(2, limit)) {
      List<FleetSample> halved = new ArrayList<>();
      for (int i = 0; i < kept.size() - 1; i += 2) {
        FleetSample one = kept.get(i);
        halved.add(i + 1 < kept.size() - 1 ? one.merge(kept.get(i + 1)) : one);
      }
      halved.add(kept.getLast());
      kept = halved;
    }
    return kept;
  }
}
