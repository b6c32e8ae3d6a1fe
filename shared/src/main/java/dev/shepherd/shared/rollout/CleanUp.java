package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses which of Shepherd's own leftovers of a fleet go.
 *
 * <ol>
 *   <li>While a rollout is on its way or held: none.
 *   <li>Of the revisions that Shepherd made, those that no service, deployment or running task
 *       uses: of a service's family those of {@value #DAYS} days ago and more, but never the
 *       family's newest, which RunTask and CI take; of a probe's or a canary's those of a day ago.
 *   <li>Snapshots that were written {@value #DAYS} days ago, are not live, on their way, completed
 *       or in quarantine, and that no ACTIVE revision names, whoever made it.
 * </ol>
 *
 * <p>At most {@value #AT_ONCE} of each. A revision that goes still counts as naming its snapshot,
 * which so goes a day later at the earliest. Whoever calls has read every listing to its end.
 */
public final class CleanUp {
  /** How many of a kind go at once. */
  public static final int AT_ONCE = 10;

  private static final int DAYS = 30;
  private static final Duration KEPT = Duration.ofDays(DAYS);
  private static final Duration PROBES_KEPT = Duration.ofDays(1);
  private static final int MINUTES_A_DAY = 24 * 60;

  /** What the families of a service's probes and canaries end with. */
  public static final List<String> OWN_FAMILIES = List.of("-shepherd-probe", "-shepherd-canary");

  /**
   * An ACTIVE revision.
   *
   * @param arn its full ARN
   * @param revision its number in its family
   * @param shepherds whether Shepherd made it
   * @param names the hashes of the fleet's snapshots that it names
   */
  public record Made(
      String arn,
      String family,
      int revision,
      boolean shepherds,
      Instant registeredAt,
      Set<ConfigHash> names) {
    public Made {
      names = Set.copyOf(names);
    }
  }

  /** What goes: snapshots, and revisions by their full ARNs. */
  public record Plan(List<ConfigHash> snapshots, List<String> revisions) {
    public Plan {
      snapshots = List.copyOf(snapshots);
      revisions = List.copyOf(revisions);
    }

    /** Whether nothing goes. */
    public boolean isEmpty() {
      return snapshots.isEmpty() && revisions.isEmpty();
    }
  }

  private CleanUp() {}

  /**
   * Whether a fleet's leftovers are to be looked at: once a day, each fleet at another minute.
   *
   * @param after when that was last asked, exclusive
   * @param until now, inclusive
   */
  public static boolean isDue(FleetName fleet, Instant after, Instant until) {
    Instant today = until
        .truncatedTo(ChronoUnit.DAYS)
        .plus(Duration.ofMinutes(Math.floorMod(fleet.value().hashCode(), MINUTES_A_DAY)));
    Instant latest = today.isAfter(until) ? today.minus(1, ChronoUnit.DAYS) : today;
    return latest.isAfter(after);
  }

  /**
   * The snapshots that go unless a revision names them.
   *
   * @param written when each was
   */
  public static List<ConfigHash> oldSnapshots(
      RolloutState state, Map<ConfigHash, Instant> written, Instant now) {
    if (isBusy(state)) {
      return List.of();
    }
    Set<ConfigHash> needed = Stream.of(
            Stream.of(state.live()),
            state.previous().stream(),
            state.candidate().stream(),
            state.completed().stream(),
            state.quarantined().stream().map(Quarantine::hash))
        .flatMap(hashes -> hashes)
        .collect(Collectors.toSet());
    return written.entrySet().stream()
        .filter(snapshot -> isBefore(snapshot.getValue(), now, KEPT))
        .map(Map.Entry::getKey)
        .filter(hash -> !needed.contains(hash))
        .sorted()
        .toList();
  }

  /** The revisions that go unless a running task uses them, oldest first. */
  public static List<Made> oldRevisions(
      RolloutState state, Collection<Made> active, Set<String> inUse, Instant now) {
    if (isBusy(state)) {
      return List.of();
    }
    Set<Made> newest = Set.copyOf(active.stream()
        .collect(Collectors.toMap(
            Made::family,
            made -> made,
            BinaryOperator.maxBy(Comparator.comparingInt(Made::revision))))
        .values());
    return active.stream()
        .filter(Made::shepherds)
        .filter(made -> !inUse.contains(made.arn()))
        .filter(made -> OWN_FAMILIES.stream().anyMatch(made.family()::endsWith)
            ? isBefore(made.registeredAt(), now, PROBES_KEPT)
            : isBefore(made.registeredAt(), now, KEPT) && !newest.contains(made))
        .sorted(Comparator.comparing(Made::registeredAt))
        .toList();
  }

  /**
   * What goes.
   *
   * @param snapshots of {@link #oldSnapshots}
   * @param revisions of {@link #oldRevisions}, without those that tasks use
   * @param active every ACTIVE revision of the account, where there are such snapshots
   */
  public static Plan plan(
      List<ConfigHash> snapshots, List<Made> revisions, Collection<Made> active) {
    Set<ConfigHash> named = new HashSet<>();
    active.forEach(made -> named.addAll(made.names()));
    List<ConfigHash> unnamed = new ArrayList<>(snapshots);
    unnamed.removeAll(named);
    return new Plan(
        unnamed.subList(0, Math.min(AT_ONCE, unnamed.size())),
        revisions.stream().map(Made::arn).limit(AT_ONCE).toList());
  }

  private static boolean isBusy(RolloutState state) {
    return state.phase() != Phase.IDLE
        || state.candidate().isPresent()
        || state.held().isPresent()
        || !state.moving().isEmpty();
  }

  private static boolean isBefore(Instant time, Instant now, Duration age) {
    return !time.plus(age).isAfter(now);
  }
}
