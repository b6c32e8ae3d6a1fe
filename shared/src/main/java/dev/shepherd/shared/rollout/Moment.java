package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one step is planned from: what was seen, what is remembered, the bounds, and the time. What
 * is asked of the fleet again and again is found out once, or a step over S services would look at
 * S × S.
 */
// Over 200 lines: all that the steps ask of one fleet at one time, in one place.
final class Moment {
  /** Three looks: in one of them the hold was decided on. */
  private static final Duration WITH_HOLD = Duration.ofMinutes(3);

  private static final Extras NONE = new Extras(List.of(), Set.of(), Map.of(), false);

  private final RolloutSnapshot snapshot;
  private final RolloutState state;
  private final RolloutLimits limits;
  private final Instant now;
  private final Drift drift;
  private final Map<ServiceName, ServiceState> services = new HashMap<>();
  private final List<ServiceState> managed;
  private final List<ServiceState> unpinned;
  private final Set<ServiceName> unpinnedNames;
  private final Set<ServiceName> urgent;
  private final int tasks;

  Moment(RolloutSnapshot snapshot, RolloutState state, RolloutLimits limits, Instant now) {
    this.snapshot = snapshot;
    this.state = state;
    this.limits = limits;
    this.now = now;
    drift = new Drift(snapshot, state, limits);
    snapshot.services().forEach(service -> services.putIfAbsent(service.name(), service));
    managed = snapshot.services().stream().filter(this::isManaged).toList();
    unpinned = sourceIsLive()
        ? List.of()
        : managed.stream()
            .filter(Drift::isByName)
            .filter(service -> !isHeld() || cameInHold(service))
            .toList();
    unpinnedNames = unpinned.stream().map(ServiceState::name).collect(Collectors.toSet());
    urgent = managed.stream()
        .filter(service -> isHeld() && mustMoveInHold(service))
        .map(ServiceState::name)
        .collect(Collectors.toSet());
    tasks = snapshot.services().stream()
        .mapToInt(service -> Math.min(service.running(), service.desired()))
        .sum();
  }

  RolloutSnapshot snapshot() {
    return snapshot;
  }

  RolloutState state() {
    return state;
  }

  RolloutLimits limits() {
    return limits;
  }

  Instant now() {
    return now;
  }

  Drift drift() {
    return drift;
  }

  private boolean isManaged(ServiceState service) {
    return service.owner() == ServiceState.Owner.SHEPHERD && !drift.isLeft(service);
  }

  /** The services that Shepherd may act on. */
  List<ServiceState> managed() {
    return managed;
  }

  Optional<ServiceState> managed(ServiceName name) {
    return service(name).filter(this::isManaged);
  }

  /**
   * How many tasks the fleet's services run and are to run: those that a deployment starts beside
   * the old ones, or that a scale-in takes, make no share larger.
   */
  int tasks() {
    return tasks;
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
    return unpinned;
  }

  boolean isUnpinned(ServiceState service) {
    return unpinnedNames.contains(service.name());
  }

  /** Whether a service moves although the rollout is held. */
  boolean isUrgent(ServiceState service) {
    return urgent.contains(service.name());
  }

  /** Whether any moves although the rollout is held. */
  boolean isAnyUrgent() {
    return !urgent.isEmpty();
  }

  /**
   * A first service that goes back, and who came about then or since to what nobody may run.
   * Whoever stood there before may be what the hold is for, and waits for its end.
   */
  private boolean mustMoveInHold(ServiceState service) {
    return (state.phase().isBeforePromotion() && isStray(service))
        || isUnpinned(service)
        || (cameInHold(service) && drift.isQuarantined(service));
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
    return Optional.ofNullable(services.get(name));
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
