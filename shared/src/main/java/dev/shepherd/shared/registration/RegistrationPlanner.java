package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.ServingTask.Progress;
import dev.shepherd.shared.registration.ServingTask.Reach;
import dev.shepherd.shared.registration.Sighting.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a Cloud Map service holds with what it should hold.
 *
 * <ol>
 *   <li>Not everything could be read, the service is gone, or Service Connect keeps it: nothing is
 *       done.
 *   <li>An instance's owner is told by its id (a task's) and its attributes together (a cluster
 *       that was looked in, and an ECS service's name or Shepherd's two), and it is Shepherd's only
 *       while no other task than a canary has its id. Foreign ones are left, as are ECS's of
 *       services that are not of a fleet. One that an earlier operation still works on is left.
 *   <li>Expected is a task of a service that registers here, or a canary beside it: desired and
 *       last status RUNNING, not UNHEALTHY, not drained, with an address.
 *   <li>To be taken out is Shepherd's instance when its task is gone or ending, belongs elsewhere,
 *       is UNHEALTHY or drained, at once; ECS's when its task is drained, at once, and when its
 *       task is gone, if a look at least {@code grace} ago saw the same. While no task was seen of
 *       a service that should have some, nothing counts as gone. How many go: {@link TakingOut}.
 *   <li>A missing or wrong canary is put right at once, told to be healthy where only that is
 *       behind. A service's task that is missing, or whose instance leads elsewhere, is registered
 *       in ECS's own form if a look at least {@code grace} ago saw the same.
 *   <li>What a second look has to confirm is {@linkplain RegistrationPlan#suspected() suspected}.
 * </ol>
 *
 * <p>Promises: a foreign instance is in no decision but a {@link Leave}; ECS's instance of a task
 * that was seen alive is never taken out unless it is drained; no more than max(1, ⌊percent of the
 * instances⌋) are taken out; a service with a running task keeps a healthy one; no more than 1,000
 * are put in; a service that is as it should be gets no decision but {@link Leave}, and nothing is
 * suspected; the same picture gives the same decisions in the same order, taking out before putting
 * in.
 */
public final class RegistrationPlanner {
  /**
   * <a href="https://docs.aws.amazon.com/general/latest/gr/cloud_map.html">Cloud Map's quota</a>.
   */
  static final int MOST_INSTANCES = 1_000;

  private final RegistrationSnapshot seen;
  private final RegistrationLimits limits;
  private final LookedAt look;
  private final boolean blind;
  private final Map<String, ServingTask> tasks = new HashMap<>();
  private final Set<String> addresses = new HashSet<>();
  private final Map<String, Instance> held = new HashMap<>();

  private RegistrationPlanner(RegistrationSnapshot seen, RegistrationLimits limits, Instant now) {
    this.seen = seen;
    this.limits = limits;
    this.look = new LookedAt(seen, limits, now);
    this.blind = seen.isBlind();
    for (ServingTask task : seen.tasks()) {
      tasks.put(task.id(), task);
      if (task.progress() == Progress.RUNNING && task.reach() instanceof Reach.At at) {
        addresses.add(at.address());
      }
    }
  }

  /** What to do now. */
  public static RegistrationPlan plan(
      RegistrationSnapshot seen, RegistrationLimits limits, Instant now) {
    return seen.closed()
        .map(closed -> new RegistrationPlan(
            List.of(closed), seen.firstSeen().keySet(), new RegistrationPlan.Drift(0, 0, 0)))
        .orElseGet(() -> new RegistrationPlanner(seen, limits, now).plan());
  }

  private RegistrationPlan plan() {
    seen.underWay().forEach(id -> look.leave(Guard.UNDER_WAY, id));
    List<Stale> stale = seen.instances().stream()
        .filter(instance -> !look.isLeft(instance.id()))
        .flatMap(instance -> sort(instance).stream())
        .toList();
    List<Stale> ripe = stale.stream().filter(this::isRipe).toList();
    List<RegistrationDecision> decisions =
        new ArrayList<>(new TakingOut(seen, limits).of(ripe, look::leave));
    PuttingIn putting = new PuttingIn(seen, held, look);
    tasks.values().stream().filter(task -> !look.isLeft(task.id())).forEach(putting::weigh);
    decisions.addAll(putting.decisions());
    decisions.addAll(look.leaves());
    return new RegistrationPlan(
        decisions,
        look.suspected(),
        new RegistrationPlan.Drift(putting.missing(), stale.size(), putting.wrong()));
  }

  /** Sorts an instance by its owner; what is said is why it should not be there. */
  private Optional<Stale> sort(Instance instance) {
    Optional<ServingTask> task = Optional.ofNullable(tasks.get(instance.id()));
    boolean ofCanary = task.filter(ServingTask::isCanary).isPresent();
    held.put(instance.id(), instance);
    return switch (instance.owner(seen.clusters())) {
      case FOREIGN -> left(Guard.FOREIGN, instance);
      case ECS_ELSEWHERE -> left(Guard.NOT_OURS, instance);
      case SHEPHERD ->
        task.isPresent() && !ofCanary
            ? left(Guard.NOT_OURS, instance)
            : Stale.ofCanary(instance, task, seen.registrants().keySet());
      case ECS ->
        ofCanary || isNobodys(instance, task)
            ? left(Guard.NOT_OURS, instance)
            : Stale.ofService(instance, task, addresses);
    };
  }

  /** Also where it has a missing task's id: it is not written over. */
  private Optional<Stale> left(Guard guard, Instance instance) {
    look.leave(guard, instance.id());
    return Optional.empty();
  }

  /** Of a service, or a live task of one, that does not register here for a fleet. */
  private boolean isNobodys(Instance instance, Optional<ServingTask> task) {
    ServiceName service = instance.service();
    return (!seen.registrants().containsKey(service) && seen.others().contains(service))
        || task.filter(found -> found.progress() != Progress.ENDED)
            .filter(found -> !seen.registrants().containsKey(found.service()))
            .isPresent();
  }

  /** Whether it may go now; else it is left. */
  private boolean isRipe(Stale stale) {
    Optional<Guard> guard = Optional.empty();
    if (!seen.isManaged(stale.instance().service())) {
      guard = Optional.of(Guard.UNMANAGED);
    } else if (stale.cause().isAbsence() && !tasks.containsKey(stale.id()) && blind) {
      guard = Optional.of(Guard.BLIND);
    } else if (stale.cause().isEcsOwn() && !look.isConfirmed(Sighting.of(Kind.STALE, stale.id()))) {
      guard = Optional.of(Guard.YOUNG);
    }
    guard.ifPresent(why -> look.leave(why, stale.id()));
    return guard.isEmpty();
  }
}
