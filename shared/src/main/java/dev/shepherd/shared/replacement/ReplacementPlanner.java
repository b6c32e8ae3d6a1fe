package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.replacement.ReplacementDecision.Hold;
import dev.shepherd.shared.replacement.ReplacementDecision.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which sick collectors of a fleet are replaced now, and why the others are not.
 *
 * <ol>
 *   <li>Sick is a collector that is UNHEALTHY, or exited while its task runs on ({@link Sick}). A
 *       service whose tasks could not all be read is left alone, and what is remembered of what was
 *       not read stays for an hour. One that was just stopped is not looked at again, though an old
 *       read may still show it.
 *   <li>Cause before action. On a text that the rollout blames: held ({@link BadConfig}). A zone or
 *       a backend down: held until a quarter of an hour after the last one fell ill; then one is
 *       replaced, and twice as many after each round whose successors are well
 *       ({@link StormWatch}).
 *   <li>Services that are another's, are to have no task, are in a deployment, try a config, or
 *       would start tasks on an unproven text: wait.
 *   <li>Successors of three replacements in a row fell ill while young: a crash loop, held with
 *       back-off ({@link Loop}).
 *   <li>An essential one that is UNHEALTHY is ECS's to replace for a while, and one with a restart
 *       policy may come back by itself.
 *   <li>What is left is replaced within the budget ({@link Budget}), the tasks that serve nobody
 *       first, then those that have been sick longest. The only task of a service of one is not
 *       stopped: a forced deployment is asked for, again and again while it is sick
 *       ({@link Asked}).
 * </ol>
 *
 * <p>What it promises: tasks that serve never fall below desired − max(1, ⌊desired × percent⌋)
 * through it, counting what is missing already; at 0% nothing is replaced; no task is chosen twice
 * within the time that an old read may show it; a service's only running task is never chosen;
 * nothing is chosen that is not in the marks, which are to be written first; with none sick and
 * nothing to remember it decides {@link ReplacementDecision.Well}.
 */
// Over 200 lines with its Javadoc: the algorithm in one place.
public final class ReplacementPlanner {
  /** StopTask's bucket holds 100 and is the account's. */
  private static final int MOST_STOPS = 100;

  private static final int HOST_LEAST = 3;

  /** First seen is known to the minute. */
  private static final Duration STEP = Duration.ofMinutes(1);

  /** So long what was not read is remembered. */
  static final Duration UNREAD_KEPT = Duration.ofHours(1);

  private final ReplacementSnapshot seen;
  private final ReplacementLimits limits;
  private final Instant now;
  private final ReplacementMarks marks;
  private final List<Sick> sick;
  private final Map<ServiceName, List<Sick>> sickOf;
  private final Optional<String> host;
  private final Map<String, Instant> since = new HashMap<>();
  private final Map<String, String> blamed;
  private final StormWatch watch;
  private final Optional<Storm> storm;
  private final Loops loops;
  private final Map<ServiceName, Asked> asked;
  private final List<ReplacementDecision> decisions = new ArrayList<>();
  private final Map<ServiceName, Integer> replaced = new TreeMap<>();
  private int restarted;
  private final Set<String> stopping = new HashSet<>();

  private ReplacementPlanner(ReplacementSnapshot seen, ReplacementLimits limits, Instant now) {
    this.seen = seen;
    this.limits = limits;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    marks = seen.marks().at(this.now);
    sick = sick(seen, marks);
    sickOf = sick.stream().collect(Collectors.groupingBy(each -> each.service().name()));
    host = host(sick);
    Instant unknown = marks.storm().map(Storm::last).orElse(now.truncatedTo(ChronoUnit.MINUTES));
    sick.forEach(each -> since.put(each.id(), marks.sick().getOrDefault(each.id(), unknown)));
    List<Sick> counted = sick.stream().filter(each -> !each.isInGrace(now)).toList();
    blamed = BadConfig.blamed(seen, counted);
    List<Sick> open = counted.stream().filter(each -> !isBlamed(each)).toList();
    watch = new StormWatch(seen, open, limits, marks, this.now);
    storm = watch.next(
        open.stream().anyMatch(each -> !marks.sick().containsKey(each.id()))
            ? this.now
            : since.values().stream().max(Comparator.naturalOrder()).orElse(this.now));
    loops = new Loops(marks.loops(), sickOf, this::sinceOf, storm.isPresent(), this.now);
    asked = new HashMap<>(marks.asked());
  }

  private static List<Sick> sick(ReplacementSnapshot seen, ReplacementMarks marks) {
    return seen.services().stream()
        .flatMap(service -> service.tasks().orElse(List.of()).stream()
            .filter(task -> !marks.isStopped(task))
            .flatMap(task -> Sick.of(service, task).stream()))
        .toList();
  }

  /** What to do now, in this order, and what to remember before. */
  public static ReplacementPlan plan(
      ReplacementSnapshot seen, ReplacementLimits limits, Instant now) {
    return new ReplacementPlanner(seen, limits, now).plan();
  }

  private boolean isBlamed(Sick each) {
    return blamed.containsKey(each.task().id());
  }

  private ReplacementPlan plan() {
    seen.services().stream()
        .sorted(Comparator.comparing(ServiceState::name))
        .forEach(this::service);
    if (decisions.isEmpty()) {
      decisions.add(new ReplacementDecision.Well("no collector is sick"));
    }
    asked.keySet().removeIf(name -> !sickOf.containsKey(name) && !isUnread(name));
    ReplacementMarks next = marks
        .withSick(remembered())
        .with(storm.map(each ->
            replaced.isEmpty() && restarted == 0 ? each : each.replacing(replaced, restarted, now)))
        .withLoops(loops.next(seen.services()))
        .withAsked(asked)
        .stopping(stopping, now);
    long oldest = sick.stream()
        .mapToLong(each -> Duration.between(sinceOf(each), now).toSeconds())
        .max()
        .orElse(0);
    return new ReplacementPlan(decisions, next, sick.size(), Math.max(0, oldest));
  }

  /** When each was first seen sick: those that stay so, and those that were not looked at. */
  private Map<String, Instant> remembered() {
    Map<String, Instant> remembered = new HashMap<>();
    if (!seen.isAllRead()) {
      remembered.putAll(marks.sick());
      remembered.values().removeIf(since -> since.plus(UNREAD_KEPT).isBefore(now));
      seen.services().stream()
          .flatMap(service -> service.tasks().orElse(List.of()).stream())
          .forEach(task -> remembered.remove(ReplacementMarks.id(task.id())));
    }
    sick.stream()
        .filter(each -> storm.isEmpty() || isBlamed(each))
        .filter(each -> !stopping.contains(each.task().id()))
        .forEach(each -> remembered.put(each.id(), sinceOf(each)));
    return remembered;
  }

  private boolean isUnread(ServiceName name) {
    return Stream.concat(seen.services().stream(), seen.unread().stream())
        .anyMatch(service -> service.name().equals(name) && service.tasks().isEmpty());
  }

  private Instant sinceOf(Sick each) {
    return since.getOrDefault(each.id(), now);
  }

  private void service(ServiceState service) {
    if (service.tasks().isEmpty()) {
      wait(service, List.of(), Guard.PARTIAL, "not all of its tasks could be read");
      return;
    }
    Map<Boolean, List<Sick>> here = sickOf.getOrDefault(service.name(), List.of()).stream()
        .collect(Collectors.partitioningBy(this::isBlamed));
    List<Sick> bad = here.getOrDefault(true, List.of());
    if (!bad.isEmpty()) {
      String reason = blamed.getOrDefault(bad.getFirst().task().id(), "");
      decisions.add(new Hold(service.name(), ids(bad), Cause.BAD_CONFIG, reason));
    }
    List<Sick> rest = parted(
        service, here.getOrDefault(false, List.of()), Guard.GRACE, each -> each.isInGrace(now));
    if (!rest.isEmpty() && !isHeld(service, rest)) {
      List<Sick> others = parted(
          service,
          rest,
          Guard.ECS,
          each -> each.collector().essential() && isYoung(each, limits.ecsGrace()));
      replace(
          service,
          parted(
              service,
              others,
              Guard.RESTART_POLICY,
              each ->
                  each.restartPeriod().filter(period -> isYoung(each, period)).isPresent()));
    }
  }

  private boolean isYoung(Sick each, Duration age) {
    return now.isBefore(sinceOf(each).plus(age).plus(STEP));
  }

  /** Those that the guard does not hold; the others wait. */
  private List<Sick> parted(
      ServiceState service, List<Sick> here, Guard guard, Predicate<Sick> holds) {
    List<Sick> held = here.stream().filter(holds).toList();
    if (!held.isEmpty()) {
      wait(service, held, guard, ReplacementReasons.of(guard, held));
    }
    return here.stream().filter(holds.negate()).toList();
  }

  private void wait(ServiceState service, List<Sick> held, Guard guard, String reason) {
    decisions.add(new Wait(service.name(), ids(held), guard, reason));
  }

  private static List<String> ids(List<Sick> sick) {
    return sick.stream().map(each -> each.task().id()).sorted().toList();
  }

  /** Whether something stands against replacing any of the service's; it is decided then. */
  private boolean isHeld(ServiceState service, List<Sick> here) {
    Optional<Guard> guard = Obstacles.of(service, seen, limits);
    boolean storming = storm.filter(each -> each.isHolding(limits, now)).isPresent();
    Optional<Loop> loop = loops.holding(service);
    if (storming) {
      String reason = ReplacementReasons.storm(watch.evidence(), storm.get().until(limits));
      decisions.add(new Hold(service.name(), ids(here), Cause.STORM, reason));
    } else if (guard.isPresent()) {
      wait(service, here, guard.get(), ReplacementReasons.of(guard.get(), here));
    } else if (loop.isPresent()) {
      String reason = ReplacementReasons.loop(loop.get(), here);
      decisions.add(new Hold(service.name(), ids(here), Cause.CRASH_LOOP, reason));
    }
    boolean held = storming || guard.isPresent() || loop.isPresent();
    if (held) {
      asked.remove(service.name()); // ConfigRollout reads what was asked: it is not asked any more.
    }
    return held;
  }

  private void replace(ServiceState service, List<Sick> ready) {
    if (ready.isEmpty()) {
      return;
    }
    if (service.desired() == 1) {
      restart(service, ready.getFirst());
      return;
    }
    Budget budget = new Budget(service, marks::isStopped, limits);
    List<Sick> order = ready.stream()
        .sorted(Comparator.<Sick, Boolean>comparing(each -> budget.isServing(each.task()))
            .thenComparing(this::sinceOf)
            .thenComparing(Sick::id))
        .toList();
    List<Sick> chosen = new ArrayList<>();
    List<Sick> left = new ArrayList<>();
    for (Sick each : order) {
      boolean room = stopping.size() + chosen.size() < Math.min(MOST_STOPS, marks.room());
      boolean may = room && turns() > chosen.size() && budget.spend(each.task());
      (may ? chosen : left).add(each);
    }
    if (!chosen.isEmpty()) {
      loops.replacing(service);
      replaced.put(service.name(), chosen.size());
      stopping.addAll(ids(chosen));
      decisions.add(new ReplacementDecision.Replace(
          service.name(), ids(chosen), cause(), ReplacementReasons.replaced(chosen, host)));
    }
    if (!left.isEmpty()) {
      Guard guard = turns() <= 0 ? Guard.TURN : Guard.BUDGET;
      wait(service, left, guard, ReplacementReasons.of(guard, left));
    }
  }

  /** How many more may go now; without a storm the budgets alone say it. */
  private int turns() {
    int gone = replaced.values().stream().mapToInt(Integer::intValue).sum() + restarted;
    return storm
        .map(each -> each.round().isPresent() ? 0 : each.size() - gone)
        .orElse(Integer.MAX_VALUE);
  }

  private void restart(ServiceState service, Sick alone) {
    Optional<Asked> before = Optional.ofNullable(asked.get(service.name()))
        .filter(each -> each.task().equals(alone.id()));
    if (!service.scheduling().startsSuccessorFirst()) {
      wait(service, List.of(alone), Guard.ALONE, ReplacementReasons.alone(alone));
    } else if (before.filter(each -> now.isBefore(each.next())).isPresent()) {
      wait(
          service, List.of(alone), Guard.ASKED, ReplacementReasons.of(Guard.ASKED, List.of(alone)));
    } else if (before.isEmpty() && turns() <= 0) {
      wait(service, List.of(alone), Guard.TURN, ReplacementReasons.of(Guard.TURN, List.of(alone)));
    } else {
      if (before.isEmpty()) {
        loops.replacing(service);
        restarted++;
      }
      int times = before.map(Asked::times).orElse(0) + 1;
      asked.put(service.name(), new Asked(alone.id(), now, times));
      String reason = ReplacementReasons.replaced(List.of(alone), host);
      decisions.add(
          new ReplacementDecision.Restart(service.name(), alone.task().id(), cause(), reason));
    }
  }

  private Cause cause() {
    return storm.isPresent() ? Cause.STORM : host.isPresent() ? Cause.BAD_HOST : Cause.SINGLE;
  }

  /** The one container instance that at least three sick ones are on. */
  private static Optional<String> host(List<Sick> sick) {
    List<Optional<String>> hosts =
        sick.stream().map(each -> each.task().place().host()).distinct().toList();
    return sick.size() >= HOST_LEAST && hosts.size() == 1 ? hosts.getFirst() : Optional.empty();
  }
}
