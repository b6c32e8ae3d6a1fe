package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings services to one hash, a few at a time: follows those under way, begins others while there
 * is room. One instance serves one step.
 *
 * <ol>
 *   <li>A service under way is followed until it is through: its deployment is COMPLETED on a
 *       revision that pins the hash, every running task is on that deployment, and each collector
 *       has been seen well ({@link RunningTasks#areWell}) for {@link RolloutLimits#settle()}.
 *   <li>One that ECS took back, whose deployment FAILED or takes longer than
 *       {@link RolloutLimits#deployment()} and its strategy's own time stops the advance.
 *   <li>One whose UpdateService overtook a revision that someone shipped after our read is done
 *       over from theirs.
 *   <li>While fewer than {@code atOnce} are under way, the next one that is not on the hash begins,
 *       unless a foreign deployment is in progress on it, its tasks run different image digests or,
 *       in the waves, something has stopped the advance.
 * </ol>
 */
// Over 200 lines: one pass over the services, each rule of which leans on what the others have
// gathered.
final class Advance {
  private static final int REASONS_SHOWN = 3;

  private final ConfigHash target;
  private final Optional<Instant> currentWrittenAt;
  private final RolloutState state;
  private final RolloutLimits limits;
  private final boolean judges;
  private final Instant now;

  private final Set<ServiceName> needed = new HashSet<>();
  private final Set<ServiceName> through = new HashSet<>();
  private final List<Order> orders = new ArrayList<>();
  private final List<Moving> moving = new ArrayList<>();
  private final List<String> waits = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<Failure> evidence = new ArrayList<>();

  /** Of services that are to run that hash; their collectors on it are judged where asked for. */
  Advance(
      RolloutSnapshot snapshot,
      RolloutState state,
      ConfigHash target,
      boolean judges,
      RolloutLimits limits,
      Instant now) {
    this.target = target;
    this.currentWrittenAt = snapshot.current().map(ConfigVersion::writtenAt);
    this.state = state;
    this.limits = limits;
    this.judges = judges;
    this.now = now;
  }

  /**
   * @param scope the services to bring there, in order
   * @param atOnce how many may be under way together
   */
  AdvanceStep next(List<ServiceState> scope, int atOnce) {
    List<Standing> notUnderWay =
        scope.stream().map(this::standing).filter(standing -> !follow(standing)).toList();
    for (Standing standing : notUnderWay) {
      begin(standing, atOnce);
    }
    carryOver(scope);
    if (!needed.isEmpty()) {
      return new AdvanceStep.NeedsTasks(needed, through);
    }
    if (!orders.isEmpty()) {
      return new AdvanceStep.Begin(orders, moving);
    }
    if (!failures.isEmpty()) {
      return new AdvanceStep.Stuck(summary(failures), moving);
    }
    return waits.isEmpty()
        ? new AdvanceStep.Through()
        : new AdvanceStep.UnderWay(summary(waits), moving);
  }

  /** Collectors on the hash that failed by themselves, of the services under way. */
  List<Failure> evidence() {
    return evidence;
  }

  /** How a service stands, as this step sees it. */
  Standing standing(ServiceState service) {
    Optional<Moving> mark = state.moving().stream()
        .filter(each -> each.service().equals(service.name()))
        .findFirst();
    boolean followed = mark.filter(state::isFollowed).isPresent();
    return new Standing(service, mark, followed, target, currentWrittenAt);
  }

  /** Marks of services that are none of this phase's business tell ours from others' later. */
  private void carryOver(List<ServiceState> scope) {
    Set<ServiceName> seen = scope.stream().map(ServiceState::name).collect(Collectors.toSet());
    state.moving().stream().filter(mark -> !seen.contains(mark.service())).forEach(moving::add);
  }

  /** Deals with a service that is under way; false when it is not, or not any more. */
  private boolean follow(Standing standing) {
    if (standing.underWay().isEmpty() || standing.overtaken().isPresent()) {
      return false;
    }
    Moving mark = standing.underWay().get();
    if (judges && standing.service().tasks().isEmpty()) {
      needed.add(standing.service().name());
      moving.add(mark);
      return true;
    }
    if (judges) {
      judge(standing, mark.revision(), mark.since());
    }
    if (!standing.isOnTarget()) {
      boolean away = mark.deployment().isPresent() && !standing.isForced();
      return away && followAway(mark, standing.service());
    }
    followDeployment(mark, standing.service());
    return true;
  }

  /** Only tasks that read the hash: of its revision or, where forced, of its deployment. */
  private void judge(Standing standing, Optional<String> told, Instant since) {
    ServiceState service = standing.service();
    Optional<String> own =
        standing.isOnTarget() ? Optional.of(service.definition().arn()) : Optional.empty();
    Optional<String> deployment =
        standing.isForced() ? Optional.of(service.primary().id()) : Optional.empty();
    Evidence judged =
        new Evidence(service.name(), service.definition().collectors(), limits.start(), now);
    told.or(() -> own)
        .ifPresent(revision -> evidence.addAll(judged.of(
            service.tasks().orElse(List.of()).stream()
                .filter(task -> task.taskDefinition().equals(revision))
                .filter(task -> deployment.map(task.deployment()::equals).orElse(true)),
            since)));
  }

  /** Started, but the service is not there: not visible yet, taken back, or shipped over. */
  private boolean followAway(Moving mark, ServiceState service) {
    if (now.isBefore(mark.since().plus(Standing.READ_AGE))) {
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
        if (taken.compareTo(longest(service)) > 0) {
          fail(
              mark,
              service,
              "its deployment takes longer than " + longest(service).toMinutes() + " min");
        } else {
          keep(mark.well(Optional.empty()), service, "its deployment is in progress");
        }
      }
    }
  }

  /** ECS's own bakes and pauses come on top of what a deployment may take. */
  private Duration longest(ServiceState service) {
    return limits.deployment().plus(service.primary().ownTime());
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
      boolean late = mark.since().plus(longest(service)).isBefore(now);
      if (late) {
        fail(
            mark,
            service,
            "not every collector is well after " + longest(service).toMinutes() + " min");
      } else {
        keep(mark.well(Optional.empty()), service, "not every collector is well");
      }
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
      stayOnTarget(standing, atOnce);
    } else if (busy && !standing.isOurs()) {
      waits.add(service.name() + ": someone else's deployment is in progress");
    } else if (moving.size() >= atOnce || (judges && !(failures.isEmpty() && evidence.isEmpty()))) {
      standing.mark().filter(_ -> busy).ifPresent(moving::add);
      waits.add(service.name() + ": its turn comes");
    } else if (standing.isForced() || service.running() == 0) {
      order(standing, service.definition().arn(), Map.of());
    } else {
      beginWithDigests(standing);
    }
  }

  private void stayOnTarget(Standing standing, int atOnce) {
    ServiceState service = standing.service();
    if (judges && service.tasks().isEmpty()) {
      needed.add(service.name());
      if (service.primary().progress() == Progress.COMPLETED) {
        through.add(service.name());
      }
    } else if (judges) {
      judge(standing, Optional.empty(), state.since().minus(Standing.READ_AGE));
    }
    switch (service.primary().progress()) {
      case COMPLETED -> {} // Through.
      case FAILED -> {
        if (moving.size() < atOnce) {
          force(standing);
        } else {
          waits.add(service.name() + ": its turn comes");
        }
      }
      case IN_PROGRESS -> waits.add(service.name() + ": a deployment is in progress");
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
    boolean again = standing.mark().isPresent(); // Its intent was written before the revision.
    orders.add(
        new Order(service.name(), base, expected, target, standing.isForced(), digests, again));
    moving.add(standing.begun(now));
  }

  /** Once more on the revision that it has: what failed may have been its surroundings. */
  private void force(Standing standing) {
    String own = standing.service().definition().arn();
    orders.add(new Order(standing.service().name(), own, own, target, true, Map.of(), true));
    moving.add(standing.begun(now));
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
