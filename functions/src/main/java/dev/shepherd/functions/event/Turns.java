package dev.shepherd.functions.event;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whose turn it is where one run cannot read all there is. What was tried longest ago comes first,
 * whatever came of it; in every other run what is urgent comes before that, so that neither keeps
 * the other waiting. Lost with the instance.
 *
 * @param <T> what takes turns
 */
public final class Turns<T extends Comparable<T>> {
  private final Map<T, Instant> tried = new HashMap<>();
  private final Set<T> urgent = new HashSet<>();
  private boolean urgentFirst;

  /** A new run, with all that there is. */
  public void begin(Set<T> all) {
    tried.keySet().retainAll(all);
    urgent.retainAll(all);
    urgentFirst = !urgentFirst;
  }

  /** Whether something has to be looked at soon. */
  public void urgent(T one, boolean isUrgent) {
    if (isUrgent) {
      urgent.add(one);
    } else {
      urgent.remove(one);
    }
  }

  /** The order of this run. */
  public Comparator<T> order() {
    return Comparator.comparing((T one) -> !(urgentFirst && urgent.contains(one)))
        .thenComparing(one -> tried.getOrDefault(one, Instant.MIN))
        .thenComparing(Comparator.naturalOrder());
  }

  /** These are read now. */
  public void tried(Collection<T> these, Instant now) {
    these.forEach(one -> tried.put(one, now));
  }
}
