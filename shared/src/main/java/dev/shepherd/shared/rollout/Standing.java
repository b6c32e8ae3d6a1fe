package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one service stands to the hash that it is to run.
 *
 * @param mark what is remembered of it, if it is or was under way
 * @param followed whether that is of this phase
 * @param target the hash
 * @param currentWrittenAt when {@code current} was last written
 */
record Standing(
    ServiceState service,
    Optional<Moving> mark,
    boolean followed,
    ConfigHash target,
    Optional<Instant> currentWrittenAt) {
  /** How old a read of ECS may be; within it an act need not show yet. */
  static final Duration READ_AGE = Duration.ofSeconds(60);

  /** By how much the clocks of Parameter Store and ECS may differ. */
  static final Duration CLOCKS = Duration.ofSeconds(5);

  /** Whether every collector of the service is on the hash. */
  boolean isOnTarget() {
    return service.definition().collectors().stream()
        .allMatch(collector -> switch (collector.reference()) {
          case ConfigReference.Pinned pinned -> pinned.hash().equals(target);
          case ConfigReference.ByName _ -> false;
          case ConfigReference.Current _ -> hasReadCurrent();
        });
  }

  private boolean hasReadCurrent() {
    Instant begun = service.primary().createdAt().plus(CLOCKS);
    return isPrimary(underWay())
        || currentWrittenAt.map(written -> !begun.isBefore(written)).orElse(false);
  }

  /** On the hash, and not under way any more. */
  boolean isThrough() {
    return isOnTarget() && underWay().isEmpty();
  }

  /** The mark, when it is of this phase and leads to this hash. */
  Optional<Moving> underWay() {
    return mark.filter(moving -> followed && moving.to().equals(target));
  }

  /**
   * The revision that someone shipped after our read, and that our UpdateService replaced: as its
   * answer said, or, when that was lost, the newest deployment behind ours, if it is that young and
   * none that we know.
   */
  Optional<String> overtaken() {
    Optional<String> told = mark.filter(moving -> underWay().isPresent()
            || moving.revision().equals(Optional.of(service.definition().arn())))
        .flatMap(Moving::overtaken);
    return told.or(() -> underWay().flatMap(this::seenBehindOurs));
  }

  private Optional<String> seenBehindOurs(Moving moving) {
    boolean ours = service.definition().madeFrom().isPresent()
        && isOnTarget()
        && (moving.deployment().isEmpty() || isPrimary(Optional.of(moving)));
    return service
        .before()
        .filter(_ -> ours)
        .filter(before -> before.createdAt().isAfter(moving.since().minus(READ_AGE)))
        .map(DeploymentState::taskDefinition)
        .filter(arn -> !arn.equals(moving.from())
            && !arn.equals(moving.over().orElse(""))
            && !arn.equals(service.definition().arn()));
  }

  /** A deployment of ours may be overtaken: what it was made from is in what we make from it. */
  boolean isOurs() {
    boolean unanswered = mark.filter(moving -> moving.deployment().isEmpty())
        .filter(moving -> service.definition().madeFrom().isPresent()
            && !service.definition().arn().equals(moving.from())
            && service.primary().createdAt().isAfter(moving.since().minus(CLOCKS)))
        .isPresent();
    return unanswered || isPrimary(mark);
  }

  private boolean isPrimary(Optional<Moving> moving) {
    return moving
        .flatMap(Moving::deployment)
        .filter(service.primary().id()::equals)
        .isPresent();
  }

  /** Whether nothing but forcing a deployment makes the service read its config again. */
  boolean isForced() {
    return service.definition().collectors().stream()
        .allMatch(collector -> collector.reference() instanceof ConfigReference.Current);
  }

  /** A mark for what begins now; one that is done over keeps in mind what it came from at first. */
  Moving begun(Instant now) {
    String own = service.definition().arn();
    boolean again = overtaken().isPresent();
    return new Moving(
        service.name(),
        target,
        again ? mark.map(Moving::from).orElse(own) : own,
        again ? Optional.of(own) : Optional.empty(),
        now,
        Optional.empty(),
        Optional.empty(),
        overtaken(),
        Optional.empty());
  }
}
