package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.RegistrationDecision.Correct;
import dev.shepherd.shared.registration.RegistrationDecision.Deregister;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationDecision.Register;
import dev.shepherd.shared.registration.RegistrationDecision.SetHealth;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Progress;
import dev.shepherd.shared.registration.ServingTask.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what a Cloud Map service holds with what it should hold. In this release it should hold
 * Shepherd's canary tasks; what ECS and others registered is theirs.
 *
 * <ol>
 *   <li>Not everything could be read: nothing is done.
 *   <li>An instance is Shepherd's by its id (a task's) and its attributes ({@code SHEPHERD_FLEET}
 *       and {@code SHEPHERD_CONFIG}, a cluster that was looked in, no ECS service's name) together,
 *       and only while no other task than a canary has its id. All others are left.
 *   <li>Shepherd's instance that an earlier operation still works on: left.
 *   <li>Expected is a canary task of a service that registers here: desired and last status
 *       RUNNING, not UNHEALTHY, not drained, with an address.
 *   <li>Shepherd's instance is taken out at once when its task is gone or ending, belongs
 *       elsewhere, is UNHEALTHY or drained, in this order; as many as the limit allows, and not the
 *       last instance while a service has a running task. One whose task is only not ready is left.
 *   <li>An expected one is registered where it is missing, corrected where an attribute is wrong,
 *       and told to be healthy where only its health is behind.
 * </ol>
 *
 * <p>Promises: no instance that is not Shepherd's is in any decision but a {@link Leave}; no more
 * than max(1, ⌊percent of the instances⌋) are taken out; a service with a running task keeps one; a
 * service that is as it should be gets no decision but {@link Leave}; the same picture gives the
 * same decisions in the same order, taking out before registering.
 */
public final class RegistrationPlanner {
  private final RegistrationSnapshot seen;
  private final Map<String, ServingTask> tasks = new TreeMap<>();
  private final Map<String, Instance> own = new TreeMap<>();
  private final Set<String> untouchable = new HashSet<>();
  private final Map<Guard, List<String>> left = new EnumMap<>(Guard.class);
  private final List<RegistrationDecision> put = new ArrayList<>();

  private RegistrationPlanner(RegistrationSnapshot seen) {
    this.seen = seen;
    seen.tasks().forEach(task -> tasks.put(task.id(), task));
  }

  /** What to do now, in this order. */
  public static List<RegistrationDecision> plan(
      RegistrationSnapshot seen, RegistrationLimits limits) {
    if (seen.partial().isPresent()) {
      return List.of(new Leave(Guard.PARTIAL, List.of(), seen.partial().get()));
    }
    return new RegistrationPlanner(seen).plan(limits);
  }

  private List<RegistrationDecision> plan(RegistrationLimits limits) {
    seen.underWay().forEach(id -> leave(Guard.UNDER_WAY, id));
    seen.instances().stream()
        .filter(instance -> !untouchable.contains(instance.id()))
        .forEach(this::sort);
    List<RegistrationDecision> decisions = new ArrayList<>(takeOut(limits));
    tasks.values().stream()
        .filter(task -> task.canary().isPresent() && !untouchable.contains(task.id()))
        .forEach(this::putIn);
    decisions.addAll(put);
    left.forEach((guard, ids) -> decisions.add(new Leave(
        guard, ids.stream().sorted().toList(), RegistrationReasons.of(guard, ids.size()))));
    return decisions;
  }

  private void sort(Instance instance) {
    boolean othersTask = Optional.ofNullable(tasks.get(instance.id()))
        .filter(task -> task.canary().isEmpty())
        .isPresent();
    switch (instance.owner(seen.clusters())) {
      case SHEPHERD -> {
        if (othersTask) {
          leave(Guard.NOT_OURS, instance.id());
        } else {
          own.put(instance.id(), instance);
        }
      }
      case ECS -> leave(Guard.NOT_OURS, instance.id());
      case FOREIGN -> leave(Guard.FOREIGN, instance.id());
    }
  }

  /** Also where it has a canary's id: it is not written over. */
  private void leave(Guard guard, String instance) {
    left.computeIfAbsent(guard, _ -> new ArrayList<>()).add(instance);
    untouchable.add(instance);
  }

  private List<Deregister> takeOut(RegistrationLimits limits) {
    List<Stale> stale = own.keySet().stream()
        .flatMap(id ->
            Stale.of(id, Optional.ofNullable(tasks.get(id)), seen.registrants().keySet()).stream())
        .sorted(Comparator.comparing(Stale::cause))
        .toList();
    int kept = (int) seen.instances().stream()
        .filter(instance -> !seen.underWay().contains(instance.id()))
        .count();
    int most = limits.deregistrations(seen.instances().size());
    int withoutLast = Math.max(0, seen.serves() ? kept - 1 : kept);
    Guard guard = withoutLast < most ? Guard.LAST : Guard.TOO_MANY;
    stale.stream().skip(Math.min(most, withoutLast)).forEach(each -> leave(guard, each.instance()));
    return stale.stream()
        .limit(Math.min(most, withoutLast))
        .map(each -> new Deregister(each.instance(), each.cause().reason()))
        .toList();
  }

  private void putIn(ServingTask task) {
    if (Stale.of(task.id(), Optional.of(task), seen.registrants().keySet()).isPresent()) {
      if (task.drained() && !own.containsKey(task.id()) && task.progress() == Progress.RUNNING) {
        leave(Guard.DRAINED, task.id());
      }
    } else if (task.progress() == Progress.STARTING) {
      leave(Guard.YOUNG, task.id());
    } else {
      switch (task.reach()) {
        case Reach.Nowhere _ -> leave(Guard.UNREACHABLE, task.id());
        case Reach.At at -> compare(Expected.of(task, task.canary().orElseThrow(), at));
      }
    }
  }

  private void compare(Expected expected) {
    String id = expected.task().id();
    Instance actual = own.get(id);
    if (actual == null) {
      put.add(new Register(
          id, expected.registered(seen.customHealth()), "its canary task runs, but is not in it"));
    } else if (!expected.wrong(actual).isEmpty()) {
      put.add(new Correct(
          id,
          expected.registered(seen.customHealth()),
          "these do not say what its canary task says: "
              + String.join(", ", expected.wrong(actual))));
    } else if (expected.task().health() == Health.WELL
        && actual.healthy().equals(Optional.of(false))) {
      put.add(new SetHealth(id, true, "its canary task is well, but it counts as unhealthy"));
    }
  }
}
