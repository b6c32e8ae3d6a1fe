package dev.shepherd.shared.rollout;

import static java.util.stream.Collectors.toSet;

import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one step does to a fleet. Exactly one of these, always with the reason that is logged. */
// Over 200 lines: one sealed set: every decision beside what it carries.
public sealed interface RolloutDecision {
  String reason();

  /**
   * Look deeper before anything is decided.
   *
   * @param tasksOf services whose tasks are needed, with those that stopped
   * @param runningOf services of which it is enough to see the tasks that run
   * @param lately those of these services of which it is enough to have seen them lately, where not
   *     all can be seen now
   * @param history whether the source's versions are needed
   * @param extras what of Shepherd's extra tasks is needed; absent when nothing is
   * @param alarms whether the alarms are needed that the managed services name
   */
  record Look(
      Set<ServiceName> tasksOf,
      Set<ServiceName> runningOf,
      Set<ServiceName> lately,
      boolean history,
      Optional<ExtrasLook> extras,
      boolean alarms,
      String reason)
      implements RolloutDecision {
    public Look {
      tasksOf = Set.copyOf(tasksOf);
      runningOf = Set.copyOf(runningOf);
      lately = Set.copyOf(lately);
      boolean anyTasks = !tasksOf.isEmpty() || !runningOf.isEmpty();
      if (!anyTasks && !history && extras.isEmpty() && !alarms) {
        throw new IllegalArgumentException("Look needs something to look at");
      }
    }

    static Look tasks(Set<ServiceName> of, String reason) {
      return new Look(of, Set.of(), Set.of(), false, Optional.empty(), false, reason);
    }

    static Look running(Set<ServiceName> of, String reason) {
      return new Look(Set.of(), of, Set.of(), false, Optional.empty(), false, reason);
    }

    Look lately(Set<ServiceName> services) {
      return new Look(tasksOf, runningOf, services, history, extras, alarms, reason);
    }

    static Look history(String reason) {
      return new Look(Set.of(), Set.of(), Set.of(), true, Optional.empty(), false, reason);
    }

    static Look alarms(String reason) {
      return new Look(Set.of(), Set.of(), Set.of(), false, Optional.empty(), true, reason);
    }

    static Look extras(ExtrasLook look, String reason) {
      return new Look(Set.of(), Set.of(), Set.of(), false, Optional.of(look), false, reason);
    }
  }

  /**
   * What of the extra tasks is to be read beside those that run.
   *
   * @param endedOf which ended extra tasks are needed
   * @param registeredOf services whose Cloud Map instances are needed
   */
  record ExtrasLook(Set<Extras.Beside> endedOf, Set<ServiceName> registeredOf) {
    public ExtrasLook {
      endedOf = Set.copyOf(endedOf);
      registeredOf = Set.copyOf(registeredOf);
    }
  }

  /**
   * Take what the fleet runs as its live config; nothing restarts.
   *
   * @param snapshot the text to keep as a snapshot; absent when the snapshot is already there
   */
  record Adopt(Optional<ConfigVersion> snapshot, RolloutState next, String reason)
      implements RolloutDecision {}

  /** Refuse the source's text: remember it, and tell people. */
  record Reject(List<Finding> findings, RolloutState next, String reason)
      implements RolloutDecision {
    public Reject {
      findings = List.copyOf(findings);
    }
  }

  /** Take a new text on its way: keep it as a snapshot. */
  record Start(ConfigVersion candidate, RolloutState next, String reason)
      implements RolloutDecision {}

  /** Start extra tasks that try a config. Never empty. */
  record StartTasks(List<ExtraOrder> orders, RolloutState next, String reason)
      implements RolloutDecision {
    public StartTasks {
      orders = List.copyOf(orders);
      if (orders.isEmpty()) {
        throw new IllegalArgumentException("StartTasks needs at least one order");
      }
    }

    /** The first {@code count} of the orders; the others are given again by a later look. */
    public StartTasks first(int count) {
      return new StartTasks(orders.subList(0, count), next, reason);
    }
  }

  /** Have these canary tasks registered, which are well. Never empty. */
  record AnnounceTasks(List<ExtraTask> tasks, String reason) implements RolloutDecision {
    public AnnounceTasks {
      tasks = List.copyOf(tasks);
    }
  }

  /** Tag these canary tasks to be drained, and ask for it again. Never empty. */
  record DrainTasks(List<ExtraTask> tasks, RolloutState next, String reason)
      implements RolloutDecision {
    public DrainTasks {
      tasks = List.copyOf(tasks);
    }
  }

  /** Stop these extra tasks; nothing more is lost by it. Never empty. */
  record StopTasks(List<ExtraTask> tasks, RolloutState next, String reason)
      implements RolloutDecision {
    public StopTasks {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Go on to the next phase.
   *
   * @param started what tries the candidate from now on: the ids of the extra tasks beside each
   *     service; of a first service none
   */
  record Proceed(RolloutState next, Map<ServiceName, List<String>> started, String reason)
      implements RolloutDecision {
    public Proceed {
      started = Map.copyOf(started);
    }
  }

  /** The candidate failed by itself before it was live: it is in quarantine, and goes. */
  record FailCanary(RolloutState next, String reason) implements RolloutDecision {}

  /** Make the candidate live: {@code live} and {@code current} follow. */
  record Promote(ConfigHash hash, RolloutState next, String reason) implements RolloutDecision {}

  /** Write {@code live} and {@code current} again, which do not say what the state says. */
  record Publish(ConfigHash hash, String reason) implements RolloutDecision {}

  /** Start these deployments. Never empty. */
  record Deploy(List<Order> orders, RolloutState next, String reason) implements RolloutDecision {
    public Deploy {
      orders = List.copyOf(orders);
      if (orders.isEmpty()) {
        throw new IllegalArgumentException("Deploy needs at least one order");
      }
    }

    /**
     * The first of these orders, where no more can be carried out now; those that are left to a
     * later look are marked as they were {@code before}.
     */
    public Deploy first(int count, RolloutState before) {
      int left = orders.size() - count;
      return left == 0
          ? this
          : new Deploy(
              orders.subList(0, count),
              next.moving(without(orders.subList(count, orders.size()), before)),
              reason + "; " + left + " of these " + orders.size() + " are left to a later run");
    }

    /**
     * None of these orders, and what was seen of the services under way is remembered; empty where
     * none is under way, so that nothing would ever change.
     */
    public Optional<RolloutDecision> none(RolloutState before) {
      List<Moving> moving = without(orders, before);
      String why = reason + "; not yet: those under way are all that the state can hold";
      Set<ServiceName> ordered = orders.stream().map(Order::service).collect(toSet());
      return moving.stream()
              .filter(mark -> !ordered.contains(mark.service()))
              .noneMatch(before::isFollowed)
          ? Optional.empty()
          : Optional.of(
              moving.equals(before.moving())
                  ? new Wait(why)
                  : new Note(before.moving(moving), why));
    }

    private List<Moving> without(List<Order> left, RolloutState before) {
      Set<ServiceName> services = left.stream().map(Order::service).collect(toSet());
      return Stream.concat(
              next.moving().stream().filter(mark -> !services.contains(mark.service())),
              before.moving().stream().filter(mark -> services.contains(mark.service())))
          .toList();
    }
  }

  /** Remember what was seen, no more. */
  record Note(RolloutState next, String reason) implements RolloutDecision {}

  /** Go on no further by itself, and say why. */
  record Hold(RolloutState next, String reason) implements RolloutDecision {}

  /** Live failed by itself: never offered again, and the last good one is live. */
  record Quarantine(RolloutState next, String reason) implements RolloutDecision {}

  /**
   * All are back: no revision that pins the failed hash may be taken by RunTask or CI.
   *
   * @param hashes every hash in quarantine
   */
  record Retire(Set<ConfigHash> hashes, RolloutState next, String reason)
      implements RolloutDecision {
    public Retire {
      hashes = Set.copyOf(hashes);
    }
  }

  /** The whole fleet runs the candidate. */
  record Complete(RolloutState next, String reason) implements RolloutDecision {}

  /** Something is under way or in the way; the schedule looks again. */
  record Wait(String reason) implements RolloutDecision {}

  /** Nothing to do. */
  record Done(String reason) implements RolloutDecision {}

  /**
   * Extra tasks beside one service.
   *
   * @param base the full ARN of the revision to copy
   * @param config the hash that they read
   * @param count how many
   * @param digests the image digest that runs now, by container; a container without one keeps its
   *     image
   * @param token names the order, the same when it is given again
   * @param again whether an earlier try may have left a revision that serves
   */
  record ExtraOrder(
      ExtraTask.Kind kind,
      ServiceName service,
      String base,
      ConfigHash config,
      int count,
      Map<String, String> digests,
      String token,
      boolean again) {
    public ExtraOrder {
      digests = Map.copyOf(digests);
      if (count < 1) {
        throw new IllegalArgumentException("count must be >= 1, got " + count);
      }
    }
  }

  /**
   * One service's deployment.
   *
   * @param base the full ARN of the revision to copy; UpdateService is only called while the
   *     service is set to {@code expected}
   * @param expected the full ARN of the revision that the service was seen on
   * @param to the hash to pin; a service that takes {@code current} keeps its revision and is
   *     forced
   * @param digests the image digest that runs now, by container; a container without one keeps its
   *     image
   * @param again whether an earlier try may have left a revision that serves
   */
  record Order(
      ServiceName service,
      String base,
      String expected,
      ConfigHash to,
      boolean force,
      Map<String, String> digests,
      boolean again) {
    public Order {
      digests = Map.copyOf(digests);
    }
  }
}
