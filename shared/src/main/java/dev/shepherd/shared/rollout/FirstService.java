package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The one service of the sidecar pattern that goes to a candidate before its promotion: the one
 * that was chosen already, else the tagged one, else the smallest with a running task; and none if
 * that holds more than the canary share. One that takes {@code current} never does.
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
        .filter(service -> service.running() > 0)
        .sorted(Comparator.comparing((ServiceState service) -> !isChosen(at, service))
            .thenComparing(service -> !service.canaryFirst())
            .thenComparingInt(ServiceState::running)
            .thenComparing(ServiceState::name))
        .toList();
    int percent = at.limits().canary().percent();
    return sidecars.stream()
        .findFirst()
        .filter(service -> CanarySize.isWithin(service.running(), extra, at.tasks(), percent));
  }

  private static boolean isChosen(Moment at, ServiceState service) {
    return at.trial().first().filter(service.name()::equals).isPresent();
  }
}
