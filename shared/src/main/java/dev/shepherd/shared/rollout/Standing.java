package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutState.Moving;
import java.time.Instant;
import java.util.Optional;

/**
 * How one service stands to the hash that it is to run.
 *
 * @param mark what is remembered of it, if it is or was under way
 * @param target the hash
 * @param currentWrittenAt when {@code current} was last written
 */
record Standing(
    ServiceState service,
    Optional<Moving> mark,
    ConfigHash target,
    Optional<Instant> currentWrittenAt) {

  /** Whether every collector of the service is on the hash. */
  boolean isOnTarget() {
    return service.definition().collectors().stream()
        .allMatch(collector -> switch (collector.reference()) {
          case ConfigReference.Pinned pinned -> pinned.hash().equals(target);
          case ConfigReference.ByName _ -> false;
          case ConfigReference.Current _ ->
            currentWrittenAt
                .map(written -> !service.primary().createdAt().isBefore(written))
                .orElse(false);
        });
  }

  /** The mark, when it leads to this hash. */
  Optional<Moving> underWay() {
    return mark.filter(moving -> moving.to().equals(target));
  }

  /** The revision that someone shipped after our read, and that our UpdateService replaced. */
  Optional<String> overtaken() {
    String own = service.definition().arn();
    return underWay()
        .filter(_ -> isOnTarget())
        .filter(
            moving -> moving.deployment().map(service.primary().id()::equals).orElse(true))
        .flatMap(moving -> service
            .before()
            .map(DeploymentState::taskDefinition)
            .filter(arn -> !arn.equals(moving.from())
                && !arn.equals(moving.over().orElse(""))
                && !arn.equals(own)));
  }

  /** A deployment of ours may be overtaken: what it was made from is in what we make from it. */
  boolean isOurs() {
    return service.definition().madeFrom().isPresent()
        || mark.flatMap(Moving::deployment)
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
        again ? underWay().map(Moving::from).orElse(own) : own,
        again ? Optional.of(own) : Optional.empty(),
        now,
        Optional.empty(),
        Optional.empty());
  }
}
