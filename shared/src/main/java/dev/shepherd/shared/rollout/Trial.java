package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What trying a config on extra tasks has to remember.
 *
 * @param pulls whether the candidate collects by itself, so that two copies would collect twice
 * @param tries how often the rollout was held with this candidate
 * @param extrasAt when an extra task was last ordered, written before it is started; absent when
 *     none is there
 * @param orderedAt when the extra tasks of this step were ordered; absent before that
 * @param ordered how many extra tasks of the kind and config of the last order there may be, never
 *     fewer than were started; 0 where that is not known
 * @param wellSince when all probes were first seen well; absent while one is not
 * @param drainingSince when canaries were first told to drain; absent while none is
 * @param outSince when none of those was seen in Cloud Map any more
 * @param first the service that was brought to a candidate before its promotion, and that has to go
 *     back if that never comes
 * @param probed which {@link ProbedGroups groups} a probe has passed for
 * @param unbaked whether nothing could bake before the promotion: the first wave is one service,
 *     and bakes
 */
public record Trial(
    boolean pulls,
    int tries,
    Optional<Instant> extrasAt,
    Optional<Instant> orderedAt,
    int ordered,
    Optional<Instant> wellSince,
    Optional<Instant> drainingSince,
    Optional<Instant> outSince,
    Optional<ServiceName> first,
    List<String> probed,
    boolean unbaked) {
  /** Nothing was tried. */
  public static final Trial NONE = new Trial(
      false,
      0,
      Optional.empty(),
      Optional.empty(),
      0,
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      List.of(),
      false);

  public Trial {
    probed = List.copyOf(probed);
    if (probed.size() > ProbedGroups.MAX) {
      throw new IllegalArgumentException("too many probed groups: " + probed.size());
    }
  }

  /** A new candidate: extra tasks of the one before may still be there. */
  Trial of(boolean pulling) {
    return with(next -> {
      next.pulls = pulling;
      next.tries = 0;
      next.unbaked = false;
      next.begin();
    });
  }

  /** The next step: nothing of it was ordered yet. */
  Trial step() {
    return with(Draft::begin);
  }

  /** Held once more: it begins with the probes again. */
  Trial again() {
    return with(next -> {
      next.tries = tries + 1;
      next.probed = List.of();
      next.begin();
    });
  }

  /** The extra tasks of this step are ordered: with those that are up it is so many. */
  Trial ordered(Instant now, int tasks) {
    return with(next -> {
      next.extrasAt = Optional.of(now);
      next.begin();
      next.orderedAt = Optional.of(now);
      next.ordered = tasks;
    });
  }

  /** Others of the same order are there already; if nobody knows how many, nobody does now. */
  Trial more(int tasks) {
    return with(next -> next.ordered = ordered == 0 ? 0 : ordered + tasks);
  }

  Trial well(Optional<Instant> since) {
    return with(next -> next.wellSince = since);
  }

  Trial draining(Optional<Instant> since, Optional<Instant> out) {
    return with(next -> {
      next.drainingSince = since;
      next.outSince = out;
    });
  }

  Trial first(Optional<ServiceName> service) {
    return with(next -> next.first = service);
  }

  /** Those groups have passed, and the next are not ordered yet. */
  Trial passed(List<String> groups) {
    return with(next -> {
      next.probed = ProbedGroups.with(probed, groups);
      next.begin();
    });
  }

  Trial unbaked(boolean first) {
    return with(next -> next.unbaked = first);
  }

  /** No extra task is left. */
  Trial clean() {
    return with(next -> {
      next.extrasAt = Optional.empty();
      next.begin();
      next.drainingSince = Optional.empty();
      next.outSince = Optional.empty();
    });
  }

  private Trial with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.trial();
  }

  /** A trial that is being changed; it never leaves this class. */
  private static final class Draft {
    private boolean pulls;
    private int tries;
    private Optional<Instant> extrasAt;
    private Optional<Instant> orderedAt;
    private int ordered;
    private Optional<Instant> wellSince;
    private Optional<Instant> drainingSince;
    private Optional<Instant> outSince;
    private Optional<ServiceName> first;
    private List<String> probed;
    private boolean unbaked;

    Draft(Trial from) {
      pulls = from.pulls;
      tries = from.tries;
      extrasAt = from.extrasAt;
      orderedAt = from.orderedAt;
      ordered = from.ordered;
      wellSince = from.wellSince;
      drainingSince = from.drainingSince;
      outSince = from.outSince;
      first = from.first;
      probed = from.probed;
      unbaked = from.unbaked;
    }

    void begin() {
      orderedAt = Optional.empty();
      wellSince = Optional.empty();
    }

    Trial trial() {
      return new Trial(
          pulls,
          tries,
          extrasAt,
          orderedAt,
          ordered,
          wellSince,
          drainingSince,
          outSince,
          first,
          probed,
          unbaked);
    }
  }
}
