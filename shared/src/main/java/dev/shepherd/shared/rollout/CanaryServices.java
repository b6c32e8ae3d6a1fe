package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;

/**
 * Which services may have canary tasks: those of the service pattern that register in Cloud Map,
 * run at least one task and have nothing in the way of a second one on the same host; none where
 * the candidate collects by itself, since two would collect twice.
 */
final class CanaryServices {
  private CanaryServices() {}

  static List<ServiceState> of(Moment at) {
    return at.managed().stream().filter(service -> isOne(at, service)).toList();
  }

  private static boolean isOne(Moment at, ServiceState service) {
    return !at.trial().pulls() && mayHaveSome(service) && service.running() > 0;
  }

  /** Whether it may have canary tasks while any of its own runs. */
  static boolean mayHaveSome(ServiceState service) {
    return service.definition().servicePattern()
        && service.definition().obstacles().isEmpty()
        && service.registry().isPresent();
  }

  /** Why a service gets no canary tasks, for people; empty where all get some. */
  static String without(Moment at) {
    return at.managed().stream()
        .filter(service -> service.definition().servicePattern() && service.running() > 0)
        .filter(service -> !isOne(at, service))
        .findFirst()
        .map(service -> "; no canary tasks beside " + service.name() + ": " + obstacle(at, service))
        .orElse("");
  }

  private static String obstacle(Moment at, ServiceState service) {
    if (at.trial().pulls()) {
      return "its receivers collect by themselves, and two would collect twice";
    }
    return service.definition().obstacles().stream()
        .sorted()
        .findFirst()
        .map(each -> switch (each) {
          case HOST_NETWORK -> "host networking";
          case FIXED_HOST_PORTS -> "fixed host ports";
          case VOLUME_AT_LAUNCH -> "a volume that is made at launch";
        })
        .orElse("no Cloud Map");
  }
}
