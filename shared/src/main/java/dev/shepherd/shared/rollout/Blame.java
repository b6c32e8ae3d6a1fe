package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Whether failures are the config's fault, after its promotion:
 *
 * <ol>
 *   <li>at least two collectors failed by themselves, and five percent of those on it; one, where
 *       one runs it;
 *   <li>while at least ninety percent of the collectors that are still on the config before it are
 *       well: else a backend or a zone is down. Where none is left there, as they were at the
 *       promotion. Of more than two thousand peers, or fifty services, some are asked, since they
 *       have to be seen as they are now.
 * </ol>
 *
 * @param evidence the failures
 * @param on how many collectors should run on the config
 * @param peers the services that are still on the config before it
 */
record Blame(List<Failure> evidence, int on, List<ServiceState> peers, int wellAtStart) {
  /** Nobody else is there to be compared with. */
  static final int ALL_WELL = 100;

  private static final int ASKED = 2_000;
  private static final int ASKED_SERVICES = 50;

  /** Names that are alike have hashes that are alike: odd, and near 2^32 by the golden ratio. */
  private static final int SPREAD = 0x9E3779B1;

  private static final int LEAST = 2;
  private static final int LEAST_PERCENT = 5;
  private static final int PEERS_WELL_PERCENT = 90;
  private static final int SHOWN = 3;

  /** {@value #ASKED_SERVICES} of these services, or as many as have {@value #ASKED} tasks. */
  static List<ServiceState> some(List<ServiceState> peers) {
    AtomicInteger tasks = new AtomicInteger();
    return peers.size() <= ASKED_SERVICES
            && peers.stream().mapToInt(ServiceState::desired).sum() <= ASKED
        ? peers
        : peers.stream()
            .filter(service -> service.desired() > 0)
            .sorted(Comparator.comparingInt(
                    (ServiceState service) -> service.name().hashCode() * SPREAD)
                .thenComparing(ServiceState::name))
            .limit(ASKED_SERVICES)
            .takeWhile(service -> tasks.getAndAdd(service.desired()) < ASKED)
            .toList();
  }

  /** Whether there are enough failures to ask the peers. */
  boolean isSuspicion() {
    int needed = on <= 1 ? 1 : Math.max(LEAST, (on * LEAST_PERCENT + 99) / 100);
    return evidence.size() >= needed;
  }

  /** The peers that have to be looked at first. */
  Set<ServiceName> unseen() {
    return peers.stream()
        .filter(service -> service.tasks().isEmpty())
        .map(ServiceState::name)
        .collect(Collectors.toSet());
  }

  /** Whether the others are well, so that it is the config. */
  boolean isProved() {
    boolean any = peers.stream().anyMatch(service -> service.desired() > 0);
    return (any ? RunningTasks.percentWell(peers) : wellAtStart) >= PEERS_WELL_PERCENT;
  }

  Optional<Quarantine> quarantine(RolloutState state) {
    return isSuspicion() && isProved()
        ? Optional.of(new Quarantine(state.live(), evidence.getFirst().binary(), text()))
        : Optional.empty();
  }

  /** What failed, for people. */
  String text() {
    String shown =
        evidence.stream().limit(SHOWN).map(Failure::toString).collect(Collectors.joining("; "));
    return evidence.size() > SHOWN ? shown + "; and " + (evidence.size() - SHOWN) + " more" : shown;
  }
}
