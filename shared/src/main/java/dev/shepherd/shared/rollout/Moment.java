package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one step is planned from: what was seen, what is remembered, the bounds, and the time. */
record Moment(RolloutSnapshot snapshot, RolloutState state, RolloutLimits limits, Instant now) {
  /** Three looks: in one of them the hold was decided on. */
  private static final Duration WITH_HOLD = Duration.ofMinutes(3);

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

  /**
   * How many tasks the fleet's services run and are to run: those that a deployment starts beside
   * the old ones, or that a scale-in takes, make no share larger.
   */
  int tasks() {
    return snapshot.services().stream()
        .mapToInt(service -> Math.min(service.running(), service.desired()))
        .sum();
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

  boolean isPaused() {
    return Commands.isPaused(snapshot.tags());
  }

  /**
   * Services that take the config by name while it is not live: every task that ECS starts for them
   * reads an unproven text. While the rollout is held, those that came to it since about then.
   */
  List<ServiceState> unpinned() {
    return sourceIsLive()
        ? List.of()
        : managed().stream()
            .filter(Drift::isByName)
            .filter(service -> !isHeld() || cameInHold(service))
            .toList();
  }

  /**
   * Who moves even while the rollout is held: a first service that goes back, and who came about
   * then or since to what nobody may run. Whoever stood there before may be what the hold is for,
   * and waits for its end.
   */
  List<ServiceState> urgent() {
    boolean before = state.phase().isBeforePromotion();
    List<ServiceState> byName = unpinned();
    return managed().stream()
        .filter(service -> (before && isStray(service))
            || byName.contains(service)
            || (cameInHold(service) && drift().isQuarantined(service)))
        .toList();
  }

  /**
   * Since the hold, or with what it is for: somebody who ships over the first service leaves
   * nothing that tries the candidate. What ECS took back from us has not come.
   */
  private boolean cameInHold(ServiceState service) {
    String revision = service.definition().arn();
    boolean takenBack = state.moving().stream()
        .anyMatch(mark -> mark.service().equals(service.name()) && mark.from().equals(revision));
    return !takenBack
        && state
            .held()
            .filter(held -> service.primary().createdAt().isAfter(held.since().minus(WITH_HOLD)))
            .isPresent();
  }

  static boolean takesCurrent(ServiceState service) {
    return service.definition().collectors().stream()
        .anyMatch(collector -> collector.reference() instanceof ConfigReference.Current);
  }

  /** The fleet's service of that name, managed or not. */
  Optional<ServiceState> service(ServiceName name) {
    return snapshot.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst();
  }

  /**
   * Whether the service that was brought to a candidate before its promotion is still there, and
   * has to go back to live. It is where it should be while that candidate is tried.
   */
  boolean isStray(ServiceState service) {
    boolean tried = !isHeld() && (state.phase() == Phase.CANARY || state.phase() == Phase.BAKE);
    return trial().first().filter(service.name()::equals).isPresent()
        && service.definition().madeFrom().isPresent()
        && service.definition().collectors().stream()
            .map(collector -> collector.reference())
            .anyMatch(reference -> reference instanceof ConfigReference.Pinned pinned
                && !pinned.hash().equals(state.live())
                && !(tried && state.candidate().filter(pinned.hash()::equals).isPresent())
                && (isOrdered(service, pinned.hash())
                    || !state.completed().contains(pinned.hash())));
  }

  private boolean isOrdered(ServiceState service, ConfigHash hash) {
    return state.moving().stream()
        .anyMatch(mark -> mark.service().equals(service.name()) && mark.to().equals(hash));
  }

  /**
   * Whether the first service was sent to a candidate so short a time ago that a read need not show
   * it there.
   */
  boolean mayStray() {
    return state.moving().stream()
        .filter(mark -> trial().first().filter(mark.service()::equals).isPresent())
        .filter(mark -> !mark.to().equals(state.live()))
        .anyMatch(mark -> now.isBefore(mark.since().plus(Standing.READ_AGE)));
  }

  /** Held, with what is seen now as the reason. */
  RolloutDecision hold(String reason) {
    return new RolloutDecision.Hold(state.holding(reason, now), "held: " + reason);
  }

  RolloutDecision note(Trial remembered, String reason) {
    return new RolloutDecision.Note(state.trial(remembered), reason);
  }
}
