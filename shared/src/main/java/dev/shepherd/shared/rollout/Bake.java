package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What tries a candidate has to stay well for the bake time:
 *
 * <ol>
 *   <li>Canary tasks and the first service; where there are none of either, the probes that stayed
 *       up.
 *   <li>A collector that fails by itself is blamed ({@link Milestones}); an extra task that ends
 *       for another reason, a first service that grows beyond the share, and nothing being left
 *       that tries the candidate, hold the rollout.
 *   <li>At the end all are well, or get the time that a collector has to start; then the rollout is
 *       held.
 * </ol>
 */
final class Bake {
  private final Moment at;
  private final ConfigHash candidate;
  private final Canaries canaries;
  private final ExtrasWatch probes;
  private final List<ServiceState> probed;

  Bake(Moment at) {
    this.at = at;
    this.candidate = at.state().candidate().orElseThrow();
    this.canaries = new Canaries(at);
    this.probes = new ExtrasWatch(at, Kind.PROBE, candidate);
    boolean byProbes = canaries.beside().isEmpty() && at.trial().first().isEmpty();
    this.probed = byProbes ? Probes.beside(at, candidate) : List.of();
  }

  /** The next act; empty when the time is over, and all was well. */
  Optional<RolloutDecision> plan() {
    Optional<ServiceState> baking =
        at.trial().first().flatMap(at::managed).filter(service -> isOnCandidate(service));
    return canaries
        .trouble()
        .or(() -> probes.unseen(probed))
        .or(() -> probes.trouble(probed))
        .or(() -> baking.flatMap(service -> new FirstStep(at, candidate).keep(service)))
        .or(() -> beyondShare(baking))
        .or(() -> nothingLeft(baking))
        .or(() -> waitForTime(baking));
  }

  private boolean isOnCandidate(ServiceState service) {
    return new Advance(at.snapshot(), at.state(), candidate, true, at.limits(), at.now())
        .standing(service)
        .isOnTarget();
  }

  private Optional<RolloutDecision> beyondShare(Optional<ServiceState> baking) {
    int percent = at.limits().canary().percent();
    return baking
        .filter(service ->
            !CanarySize.isWithin(service.desired(), canaries.all().size(), at.tasks(), percent))
        .map(service ->
            at.hold(service.name() + " has grown beyond " + percent + "% of the fleet's tasks"));
  }

  private Optional<RolloutDecision> nothingLeft(Optional<ServiceState> baking) {
    boolean any = baking.isPresent()
        || !canaries.all().isEmpty()
        || probed.stream().anyMatch(service -> !probes.of(service).isEmpty());
    return any ? Optional.empty() : Optional.of(at.hold("nothing tries the candidate any more"));
  }

  private Optional<RolloutDecision> waitForTime(Optional<ServiceState> baking) {
    Instant end = at.state().since().plus(at.limits().canary().bake());
    if (at.now().isBefore(end)) {
      return Optional.of(new RolloutDecision.Wait(candidate + " bakes until " + end));
    }
    boolean well = canaries.areWell()
        && baking
            .filter(service -> !RunningTasks.areWell(service, service.tasks().orElse(List.of())))
            .isEmpty()
        && probed.stream()
            .allMatch(service ->
                probes.of(service).stream().allMatch(extra -> ExtrasWatch.isWell(service, extra)));
    if (well) {
      return Optional.empty();
    }
    boolean late = !at.now().isBefore(end.plus(at.limits().start()));
    return Optional.of(
        late
            ? at.hold("not every canary is well at the end of the bake time")
            : new RolloutDecision.Wait("not every canary is well"));
  }
}
