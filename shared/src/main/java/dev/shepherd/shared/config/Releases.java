package dev.shepherd.shared.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogues that the artifact carries, one for each release that {@code adot-releases.txt}
 * lists, read when first used and kept: they never change.
 */
final class Releases {
  private static final Releases BUNDLED = new Releases(Catalogue.lines("adot-releases.txt"));

  private final TreeMap<Release, String> known = new TreeMap<>();
  private final Map<Release, Catalogue> read = new ConcurrentHashMap<>();

  private Releases(List<String> lines) {
    for (String line : lines) {
      Release.parse(line.strip()).ifPresent(release -> known.put(release, line));
    }
  }

  static Releases bundled() {
    return BUNDLED;
  }

  Catalogue newest() {
    return catalogue(known.lastKey());
  }

  /** The release itself, or the nearest older one. */
  Optional<Catalogue> atMost(Release release) {
    return Optional.ofNullable(known.floorKey(release)).map(this::catalogue);
  }

  /** The oldest one, for a release that is older still. */
  Catalogue oldest() {
    return catalogue(known.firstKey());
  }

  List<String> names() {
    return known.keySet().stream().map(Release::toString).toList();
  }

  private Catalogue catalogue(Release release) {
    return read.computeIfAbsent(release, Catalogue::read);
  }
}
