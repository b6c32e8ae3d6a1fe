package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The one service of the sidecar pattern that goes to a candidate before its promotion:
 *
 * <ol>
 *   <li>The one that was chosen already, even when none of its tasks runs just now: what failed
 *       there is to be judged, and no second service goes.
 *   <li>Else a tagged one, else the smallest, of those with a running task; equal ones by name.
 *   <li>None if that one holds more than what the extra tasks leave of the canary share: no other
 *       one is taken in its place.
 * </ol>
 *
 * <p>One that takes {@code current} never goes first.
 */
final class FirstService {
  private FirstService() {}

  /**
   * The service, if any.
   *
   * @param extra how many extra tasks try the candidate beside it
   */
  static Optional<ServiceState> of(Moment at, int extra) {
    List<ServiceState> sidecars = at.managed().stream()
        .filter(service -> !service.definition().servicePattern())
        .filter(service -> !Moment.takesCurrent(service))
        .filter(service -> service.running() > 0 || isChosen(at, service))
        .sorted(Comparator.comparing((ServiceState service) -> !isChosen(at, service))
            .thenComparing(service -> !service.canaryFirst())
            .thenComparingInt(ServiceState::running)
            .thenComparing(ServiceState::name))
        .toList();
    int percent = at.limits().canary().percent();
    return sidecars.stream()
        .findFirst()
        .filter(service -> CanarySize.isWithin(service.desired(), extra, at.tasks(), percent));
  }

  private static boolean isChosen(Moment at, ServiceState service) {
    return at.trial().first().filter(service.name()::equals).isPresent();
  }
}
