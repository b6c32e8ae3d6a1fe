package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one step is planned from: what was seen, what is remembered, the bounds, and the time. */
record Moment(RolloutSnapshot snapshot, RolloutState state, RolloutLimits limits, Instant now) {
  private static final Extras NONE = new Extras(List.of(), Set.of(), Map.of(), false);

  Drift drift() {
    return new Drift(snapshot, state, limits);
  }

  /** The services that Shepherd may act on. */
  List<ServiceState> managed() {
    return snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .filter(service -> !drift().isLeft(service))
        .toList();
  }

  Optional<ServiceState> managed(ServiceName name) {
    return managed().stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** How many tasks the fleet's services run. */
  int tasks() {
    return snapshot.services().stream().mapToInt(ServiceState::running).sum();
  }

  /** The extra tasks as far as they were read; none where none can be there. */
  Extras extras() {
    return snapshot.extras().orElse(NONE);
  }

  Trial trial() {
    return state.trial();
  }

  boolean isHeld() {
    return state.held().filter(held -> now.isBefore(held.until())).isPresent();
  }

  boolean sourceIsLive() {
    return snapshot
        .source()
        .map(ConfigVersion::hash)
        .filter(state.live()::equals)
        .isPresent();
  }

  /**
   * Services that take the config by name while it is not live: every task that ECS starts for them
   * reads an unproven text.
   */
  List<ServiceState> unpinned() {
    return sourceIsLive()
        ? List.of()
        : managed().stream().filter(Drift::isByName).toList();
  }

  static boolean takesCurrent(ServiceState service) {
    return service.definition().collectors().stream()
        .anyMatch(collector -> collector.reference() instanceof ConfigReference.Current);
  }

  /**
   * Whether the service that was brought to a candidate before its promotion is still there, and
   * has to go back to live.
   */
  boolean isStray(ServiceState service) {
    return trial().first().filter(service.name()::equals).isPresent()
        && service.definition().madeFrom().isPresent()
        && service.definition().collectors().stream()
            .map(collector -> collector.reference())
            .anyMatch(reference -> reference instanceof ConfigReference.Pinned pinned
                && !pinned.hash().equals(state.live())
                && !state.completed().contains(pinned.hash()));
  }

  /** Held, with what is seen now as the reason. */
  RolloutDecision hold(String reason) {
    return new RolloutDecision.Hold(state.holding(reason, now), "held: " + reason);
  }

  RolloutDecision note(Trial remembered, String reason) {
    return new RolloutDecision.Note(state.trial(remembered), reason);
  }
}
