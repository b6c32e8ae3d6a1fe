package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import dev.shepherd.shared.rollout.RolloutState.Moving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings services to one hash, a few at a time: follows those under way, begins others while there
 * is room. One instance serves one step.
 *
 * <ol>
 *   <li>A service under way is followed until it is through: its deployment is COMPLETED on a
 *       revision that pins the hash, every running task is on that deployment, and each collector
 *       has been seen well ({@link RunningTasks#areWell}) for {@link RolloutLimits#settle()}.
 *   <li>One that ECS took back, whose deployment FAILED or takes longer than
 *       {@link RolloutLimits#deployment()} stops the advance.
 *   <li>One whose UpdateService overtook a revision that someone shipped after our read is done
 *       over from theirs.
 *   <li>While fewer than {@code atOnce} are under way, the next one that is not on the hash begins,
 *       unless a foreign deployment is in progress on it or its tasks run different image digests.
 * </ol>
 */
final class Advance {
  private static final int REASONS_SHOWN = 3;

  /** How old a read of ECS may be; within it an act of ours need not show yet. */
  private static final Duration READ_AGE = Duration.ofSeconds(60);

  private final ConfigHash target;
  private final Optional<Instant> currentWrittenAt;
  private final List<Moving> before;
  private final RolloutLimits limits;
  private final Instant now;

  private final Set<ServiceName> needed = new HashSet<>();
  private final List<Order> orders = new ArrayList<>();
  private final List<Moving> moving = new ArrayList<>();
  private final List<String> waits = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  Advance(RolloutSnapshot snapshot, RolloutState state, RolloutLimits limits, Instant now) {
    this.target = state.live();
    this.currentWrittenAt = snapshot.current().map(ConfigVersion::writtenAt);
    this.before = state.moving();
    this.limits = limits;
    this.now = now;
  }

  /**
   * @param scope the services to bring there, in order
   * @param atOnce how many may be under way together
   */
  AdvanceStep next(List<ServiceState> scope, int atOnce) {
    List<Standing> notUnderWay = scope.stream()
        .map(service -> new Standing(service, markOf(service), target, currentWrittenAt))
        .filter(standing -> !follow(standing))
        .toList();
    for (Standing standing : notUnderWay) {
      begin(standing, atOnce);
    }
    if (!needed.isEmpty()) {
      return new AdvanceStep.NeedsTasks(needed);
    }
    if (!failures.isEmpty()) {
      return new AdvanceStep.Stuck(summary(failures), moving);
    }
    if (!orders.isEmpty()) {
      return new AdvanceStep.Begin(orders, moving);
    }
    return waits.isEmpty()
        ? new AdvanceStep.Through()
        : new AdvanceStep.UnderWay(summary(waits), moving);
  }

  /** Deals with a service that is under way; false when it is not, or not any more. */
  private boolean follow(Standing standing) {
    if (standing.underWay().isEmpty() || standing.overtaken().isPresent()) {
      return false;
    }
    Moving mark = standing.underWay().get();
    if (!standing.isOnTarget()) {
      return mark.deployment().isPresent() && followAway(mark, standing.service());
    }
    followDeployment(mark, standing.service());
    return true;
  }

  /** Started, but the service is not there: not visible yet, taken back, or shipped over. */
  private boolean followAway(Moving mark, ServiceState service) {
    if (now.isBefore(mark.since().plus(READ_AGE))) {
      keep(mark, service, "its deployment is not visible yet");
      return true;
    }
    boolean takenBack = service.definition().arn().equals(mark.from());
    if (takenBack) {
      fail(mark, service, "ECS took it back to " + shortName(mark.from()));
    }
    return takenBack;
  }

  private void followDeployment(Moving mark, ServiceState service) {
    switch (service.primary().progress()) {
      case COMPLETED -> settle(mark, service);
      case FAILED -> fail(mark, service, "its deployment failed");
      case IN_PROGRESS -> {
        Duration taken = Duration.between(service.primary().createdAt(), now);
        if (taken.compareTo(limits.deployment()) > 0) {
          fail(
              mark,
              service,
              "its deployment takes longer than " + limits.deployment().toMinutes() + " min");
        } else {
          keep(mark.well(Optional.empty()), service, "its deployment is in progress");
        }
      }
    }
  }

  private void settle(Moving mark, ServiceState service) {
    if (service.tasks().isEmpty()) {
      needed.add(service.name());
      return;
    }
    if (service.desired() == 0) {
      return;
    }
    if (!RunningTasks.areWell(service, service.tasks().get())) {
      keep(mark.well(Optional.empty()), service, "not every collector is well");
      return;
    }
    Instant since = mark.wellSince().orElse(now);
    Duration left = limits.settle().minus(Duration.between(since, now));
    if (left.isPositive()) {
      keep(
          mark.well(Optional.of(since)),
          service,
          "well, settling for " + left.toSeconds() + " s more");
    }
  }

  private void begin(Standing standing, int atOnce) {
    ServiceState service = standing.service();
    boolean busy = service.primary().progress() == Progress.IN_PROGRESS;
    Optional<String> theirs = standing.overtaken();
    if (theirs.isPresent()) {
      order(standing, theirs.get(), Map.of());
    } else if (standing.isOnTarget()) {
      if (busy) {
        waits.add(service.name() + ": a deployment is in progress");
      }
    } else if (busy && !standing.isOurs()) {
      waits.add(service.name() + ": someone else's deployment is in progress");
    } else if (moving.size() >= atOnce || !failures.isEmpty()) {
      waits.add(service.name() + ": its turn comes");
    } else if (standing.isForced() || service.running() == 0) {
      order(standing, service.definition().arn(), Map.of());
    } else {
      beginWithDigests(standing);
    }
  }

  private void beginWithDigests(Standing standing) {
    ServiceState service = standing.service();
    if (service.tasks().isEmpty()) {
      needed.add(service.name());
      moving.add(standing.begun(now));
      return;
    }
    Optional<Map<String, String>> digests =
        RunningTasks.digests(service, service.tasks().get());
    if (digests.isPresent()) {
      order(standing, service.definition().arn(), digests.get());
    } else {
      waits.add(service.name() + ": its tasks run different image digests");
    }
  }

  private void order(Standing standing, String base, Map<String, String> digests) {
    ServiceState service = standing.service();
    String expected = service.definition().arn();
    orders.add(new Order(service.name(), base, expected, target, standing.isForced(), digests));
    moving.add(standing.begun(now));
  }

  private Optional<Moving> markOf(ServiceState service) {
    return before.stream().filter(mark -> mark.service().equals(service.name())).findFirst();
  }

  private void keep(Moving mark, ServiceState service, String reason) {
    moving.add(mark);
    waits.add(service.name() + ": " + reason);
  }

  private void fail(Moving mark, ServiceState service, String reason) {
    moving.add(mark);
    failures.add(service.name() + ": " + reason);
  }

  private static String shortName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static String summary(List<String> reasons) {
    String shown = String.join("; ", reasons.subList(0, Math.min(REASONS_SHOWN, reasons.size())));
    int more = reasons.size() - REASONS_SHOWN;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }
}
