package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.RegistrationDecision.Change;
import dev.shepherd.shared.registration.RegistrationDecision.Correct;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Register;
import dev.shepherd.shared.registration.RegistrationDecision.SetHealth;
import dev.shepherd.shared.registration.ServingTask.Health;
import dev.shepherd.shared.registration.ServingTask.Progress;
import dev.shepherd.shared.registration.ServingTask.Reach;
import dev.shepherd.shared.registration.Sighting.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tasks are missing, and which instances are wrong. Canaries are put right at once; ECS's own
 * when ECS had its chance, in ECS's form, and only of services that Shepherd may act on.
 */
final class PuttingIn {
  /** Of more missing ones than this is remembered since when they are, not each. */
  private static final int STORM = 100;

  private final RegistrationSnapshot seen;
  private final Map<String, Instance> held;
  private final LookedAt look;
  private final List<Change> put = new ArrayList<>();
  private final List<Expected> missing = new ArrayList<>();
  private int wrong;

  PuttingIn(RegistrationSnapshot seen, Map<String, Instance> held, LookedAt look) {
    this.seen = seen;
    this.held = held;
    this.look = look;
  }

  /** A task that no earlier rule has left alone. */
  void weigh(ServingTask task) {
    if (!seen.registrants().containsKey(task.service())) {
      return;
    }
    if (task.isCanary() && task.progress() == Progress.STARTING) {
      look.leave(Guard.STARTING, task.id());
    } else if (task.progress() != Progress.RUNNING || task.health() == Health.UNHEALTHY) {
      return; // What it has in Cloud Map, if anything, is another rule's.
    } else if (!task.drained()) {
      switch (task.reach()) {
        case Reach.Nowhere _ -> look.leave(Guard.UNREACHABLE, task.id());
        case Reach.At at -> compare(Expected.of(task, at));
      }
    } else if (!held.containsKey(task.id())) {
      look.leave(Guard.DRAINED, task.id());
    }
  }

  private void compare(Expected expected) {
    Instance actual = held.get(expected.task().id());
    if (actual == null) {
      missing.add(expected);
    } else if (!expected.wrong(actual).isEmpty()) {
      wrong++;
      correct(expected, actual);
    } else if (expected.task().isCanary()
        && expected.task().health() == Health.WELL
        && actual.healthy().equals(Optional.of(false))) {
      put.add(
          new SetHealth(actual.id(), true, "its canary task is well, but it counts as unhealthy"));
    }
  }

  private void correct(Expected expected, Instance actual) {
    String id = actual.id();
    String names = String.join(", ", expected.wrong(actual));
    if (expected.task().isCanary()) {
      put.add(new Correct(
          id,
          expected.registered(seen.customHealth()),
          "these do not say what its canary task says: " + names));
    } else if (isRipe(id, expected, Sighting.of(Kind.WRONG, id))) {
      put.add(new Correct(
          id,
          expected.over(actual.attributes(), seen.customHealth()),
          "these do not say what its task says, and ECS has not put them right: " + names));
    }
  }

  /** Whether ECS had its chance; else it is left. */
  private boolean isRipe(String id, Expected expected, Sighting sighting) {
    if (!seen.isManaged(expected.task().service())) {
      look.leave(Guard.UNMANAGED, id);
      return false;
    }
    boolean confirmed = look.isConfirmed(sighting);
    if (!confirmed) {
      look.leave(Guard.YOUNG, id);
    }
    return confirmed;
  }

  /** What is put in, as far as there is room, and put right; each in the order of the ids. */
  List<RegistrationDecision> decisions() {
    put.sort(Comparator.comparing(Change::instance));
    missing.sort(Comparator.comparing(expected -> expected.task().id()));
    List<RegistrationDecision> decisions = new ArrayList<>(put);
    boolean storm = missing.stream().filter(each -> !each.task().isCanary()).count() > STORM;
    int room = RegistrationPlanner.MOST_INSTANCES - seen.instances().size();
    for (Expected expected : missing) {
      String id = expected.task().id();
      Sighting sighting =
          storm ? new Sighting(Kind.MISSING, Sighting.EVERY) : Sighting.of(Kind.MISSING, id);
      if (!expected.task().isCanary() && !isRipe(id, expected, sighting)) {
        continue;
      }
      if (room-- <= 0) {
        look.leave(Guard.FULL, id);
      } else {
        decisions.add(
            new Register(id, expected.registered(seen.customHealth()), reason(expected.task())));
      }
    }
    return decisions;
  }

  private static String reason(ServingTask task) {
    return task.isCanary()
        ? "its canary task runs, but is not in it"
        : "its task runs, and ECS has not put it in";
  }

  int missing() {
    return missing.size();
  }

  int wrong() {
    return wrong;
  }
}
