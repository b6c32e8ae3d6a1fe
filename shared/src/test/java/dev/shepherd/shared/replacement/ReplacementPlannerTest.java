package dev.shepherd.shared.replacement;

import static dev.shepherd.shared.replacement.Fleet.LIMITS;
import static dev.shepherd.shared.replacement.Fleet.LIVE;
import static dev.shepherd.shared.replacement.Fleet.NAME;
import static dev.shepherd.shared.replacement.Fleet.NOW;
import static dev.shepherd.shared.replacement.Fleet.OLD;
import static dev.shepherd.shared.replacement.Fleet.QUIET;
import static dev.shepherd.shared.replacement.Fleet.minutesAgo;
import static dev.shepherd.shared.replacement.Fleet.partOf;
import static dev.shepherd.shared.replacement.Fleet.seen;
import static dev.shepherd.shared.replacement.Fleet.sickSince;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.replacement.Fleet.Service;
import dev.shepherd.shared.replacement.ReplacementDecision.Hold;
import dev.shepherd.shared.replacement.ReplacementDecision.Replace;
import dev.shepherd.shared.replacement.ReplacementDecision.Restart;
import dev.shepherd.shared.replacement.ReplacementDecision.Wait;
import dev.shepherd.shared.replacement.ReplacementDecision.Well;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplacementPlannerTest {
  private static final ServiceName A = new ServiceName("prod", "a");

  /** A plan in short: {@code Replace SINGLE 2, Wait BUDGET 1}. */
  private static String told(ReplacementPlan plan) {
    return plan.decisions().stream()
        .map(ReplacementPlannerTest::told)
        .collect(Collectors.joining(", "));
  }

  private static String told(ReplacementDecision decision) {
    return switch (decision) {
      case Replace each -> "Replace " + each.cause() + " " + each.tasks().size();
      case Restart each -> "Restart " + each.cause();
      case Hold each -> "Hold " + each.cause() + " " + each.tasks().size();
      case Wait each -> "Wait " + each.guard() + " " + each.tasks().size();
      case Well _ -> "Well";
    };
  }

  private static ReplacementLimits percent(int percent) {
    return new ReplacementLimits(percent, LIMITS.ecsGrace(), 30, LIMITS.stormHold());
  }

  private static Service a(int desired) {
    return Service.of("a", desired);
  }

  @ParameterizedTest
  @MethodSource({"rows", "dimensions", "guards"})
  void decides(ReplacementSnapshot seen, ReplacementLimits limits, String wanted) {
    ReplacementPlan plan = ReplacementPlanner.plan(seen, limits, NOW);
    assertThat(told(plan)).as(plan.toString()).isEqualTo(wanted);
  }

  private static Arguments row(String name, Service service, String wanted) {
    return argumentSet(name, seen(QUIET, ReplacementMarks.NONE, service), LIMITS, wanted);
  }

  /** The rows of the design, in its order. */
  static Stream<Arguments> rows() {
    RolloutView rolling = new RolloutView(
        Optional.of(LIVE), minutesAgo(90), List.of(OLD), List.of(), 100, Set.of(), true);
    RolloutView failed = new RolloutView(
        Optional.of(OLD),
        minutesAgo(5),
        List.of(OLD),
        List.of(new RolloutView.Failed(LIVE, "image")),
        100,
        Set.of(),
        true);
    Service peers = Service.of("b", 40).runs(new ConfigReference.Pinned(NAME, OLD));
    return Stream.of(
        row(
            "essential, just UNHEALTHY: ECS replaces it",
            a(8).essential().unhealthy(1),
            "Wait ECS 1"),
        argumentSet(
            "essential, still UNHEALTHY after the grace",
            seen(QUIET, sickSince(7, a(8), 1), a(8).essential().unhealthy(1)),
            LIMITS,
            "Replace SINGLE 1"),
        row("a sidecar is UNHEALTHY", a(8).unhealthy(1), "Replace SINGLE 1"),
        row("a sidecar exited", a(8).exited(1), "Replace SINGLE 1"),
        row(
            "with a restart policy, just exited",
            a(8).restarts(3).exited(1),
            "Wait RESTART_POLICY 1"),
        argumentSet(
            "with a restart policy, long ago",
            seen(QUIET, sickSince(5, a(8), 1), a(8).restarts(3).exited(1)),
            LIMITS,
            "Replace SINGLE 1"),
        argumentSet(
            "two on a new config while the others are well",
            seen(rolling, ReplacementMarks.NONE, a(8).exited(2), peers),
            LIMITS,
            "Hold BAD_CONFIG 2"),
        argumentSet(
            "one on a new config proves nothing",
            seen(rolling, ReplacementMarks.NONE, a(8).exited(1), peers),
            LIMITS,
            "Replace SINGLE 1"),
        argumentSet(
            "the only one on a new config",
            seen(rolling, ReplacementMarks.NONE, a(1).exited(1), peers),
            LIMITS,
            "Hold BAD_CONFIG 1"),
        argumentSet(
            "on a config in quarantine",
            seen(failed, ReplacementMarks.NONE, a(8).exited(1)),
            LIMITS,
            "Hold BAD_CONFIG 1"),
        row("more than 30%: a storm", a(10).unhealthy(4), "Hold STORM 4"),
        row("30% are none", a(10).unhealthy(3), "Replace SINGLE 1, Wait BUDGET 2"),
        row("two are never a storm", a(3).unhealthy(2), "Replace SINGLE 1, Wait BUDGET 1"),
        row(
            "a whole zone, none elsewhere",
            a(20).placed(4, "eu-west-1z", Optional.empty()).unhealthy(4),
            "Hold STORM 4"),
        row(
            "a whole zone, and one elsewhere",
            a(20).placed(4, "eu-west-1z", Optional.empty()).unhealthy(5),
            "Replace SINGLE 2, Wait BUDGET 3"),
        row(
            "all on one host",
            a(40).placed(4, "eu-west-1a", Optional.of("h1")).unhealthy(4),
            "Replace BAD_HOST 4"),
        row(
            "all on one host but one",
            a(40).placed(3, "eu-west-1a", Optional.of("h1")).unhealthy(4),
            "Replace SINGLE 4"),
        row("none is sick", a(8), "Well"));
  }

  static Stream<Arguments> dimensions() {
    return Stream.of(
        row("desired 0", a(0).well(1).unhealthy(1), "Wait NOT_WANTED 1"),
        row("desired 1", a(1).unhealthy(1), "Restart SINGLE"),
        row("desired 1, a daemon", a(1).scheduling(true, 100, 0).unhealthy(1), "Wait ALONE 1"),
        row("desired 1, no room", a(1).scheduling(false, 199, 0).unhealthy(1), "Wait ALONE 1"),
        row("desired 2", a(2).unhealthy(1), "Replace SINGLE 1"),
        row("desired 2, both", a(2).unhealthy(2), "Replace SINGLE 1, Wait BUDGET 1"),
        row("desired 2, one missing", a(2).starting(1).unhealthy(1), "Wait BUDGET 1"),
        row("desired 3", a(3).unhealthy(1), "Replace SINGLE 1"),
        row("desired 3, one missing", a(3).starting(1).unhealthy(1), "Wait BUDGET 1"),
        row("desired 1000, 1%", a(1000).unhealthy(10), "Replace SINGLE 10"),
        row("desired 1000, 20%", a(1000).unhealthy(200), "Replace SINGLE 100, Wait BUDGET 100"),
        row(
            "desired 1000, 20%, 60 missing",
            a(1000).starting(60).unhealthy(200), "Replace SINGLE 40, Wait BUDGET 160"),
        row("desired 1000, 60%", a(1000).unhealthy(600), "Hold STORM 600"),
        row(
            "a daemon of many",
            a(20).scheduling(true, 100, 0).exited(3),
            "Replace SINGLE 2, Wait BUDGET 1"),
        row("without a health check, exited", a(8).unchecked().exited(1), "Replace SINGLE 1"),
        row(
            "young, in the grace period",
            a(8).scheduling(false, 200, 9).started(5).unhealthy(1),
            "Wait GRACE 1"),
        row(
            "young, but exited",
            a(8).scheduling(false, 200, 9).started(5).exited(1),
            "Replace SINGLE 1"),
        row(
            "older than the grace period",
            a(8).scheduling(false, 200, 9).unhealthy(1),
            "Replace SINGLE 1"),
        budget("0%", 0, a(20).unhealthy(2), "Wait REPORT_ONLY 2"),
        budget("0%, desired 1", 0, a(1).unhealthy(1), "Wait REPORT_ONLY 1"),
        budget("50% of 10", 50, a(10).unhealthy(3), "Replace SINGLE 3"),
        budget("50% of 3", 50, a(3).unhealthy(2), "Replace SINGLE 1, Wait BUDGET 1"),
        budget(
            "50% of 1000: as many as one run stops",
            50, a(1000).unhealthy(300), "Replace SINGLE 100, Wait BUDGET 200"));
  }

  private static Arguments budget(String name, int percent, Service service, String wanted) {
    return argumentSet(
        "a budget of " + name,
        seen(QUIET, ReplacementMarks.NONE, service),
        percent(percent),
        wanted);
  }

  static Stream<Arguments> guards() {
    RolloutView trying = new RolloutView(
        Optional.of(OLD), minutesAgo(9), List.of(OLD), List.of(), 100, Set.of(A), true);
    RolloutView edited = new RolloutView(
        Optional.of(LIVE), minutesAgo(9), List.of(LIVE), List.of(), 100, Set.of(), false);
    ConfigReference byName = new ConfigReference.ByName(NAME);
    ReplacementMarks stopped = ReplacementMarks.NONE.stopping(a(20).ids(0, 2), minutesAgo(1));
    return Stream.of(
        row(
            "a deployment is in progress",
            a(8).progress(Progress.IN_PROGRESS).exited(1),
            "Wait DEPLOYMENT 1"),
        row(
            "a deployment has failed",
            a(8).progress(Progress.FAILED).exited(1),
            "Replace SINGLE 1"),
        row("tagged out", a(8).owner(Owner.TAGGED_OUT).exited(1), "Wait UNMANAGED 1"),
        row("another controller", a(8).owner(Owner.OTHER_CONTROLLER).exited(1), "Wait UNMANAGED 1"),
        row("a listing cut short", a(8).exited(1).unread(), "Wait PARTIAL 0"),
        argumentSet(
            "the canary service",
            seen(trying, ReplacementMarks.NONE, a(8).exited(1)),
            LIMITS,
            "Wait CANARY 1"),
        argumentSet(
            "by name, and the source is not live",
            seen(edited, ReplacementMarks.NONE, a(8).runs(byName).exited(1)),
            LIMITS,
            "Wait BY_NAME 1"),
        argumentSet(
            "by name, never looked at",
            seen(RolloutView.UNSEEN, ReplacementMarks.NONE, a(8).runs(byName).exited(1)),
            LIMITS,
            "Wait BY_NAME 1"),
        argumentSet(
            "by name, and the source is live",
            seen(QUIET, ReplacementMarks.NONE, a(8).runs(byName).exited(1)),
            LIMITS,
            "Replace SINGLE 1"),
        argumentSet(
            "stopped a minute ago, in an old read",
            seen(QUIET, stopped, a(20).exited(3)),
            LIMITS,
            "Wait BUDGET 1"),
        argumentSet(
            "stopped, and forgotten",
            seen(
                QUIET,
                ReplacementMarks.NONE.stopping(a(20).ids(0, 2), minutesAgo(3)),
                a(20).exited(3)),
            LIMITS,
            "Replace SINGLE 2, Wait BUDGET 1"),
        argumentSet(
            "no more is stopped than can be remembered",
            seen(
                QUIET,
                ReplacementMarks.NONE.stopping(Service.of("gone", 190).ids(0, 190), minutesAgo(1)),
                a(1000).exited(100)),
            LIMITS,
            "Replace SINGLE 10, Wait BUDGET 90"));
  }

  @Test
  void remembersBeforeItActs() {
    Service service = a(20).exited(3);
    ReplacementPlan plan =
        ReplacementPlanner.plan(seen(QUIET, ReplacementMarks.NONE, service), LIMITS, NOW);
    Replace replace = (Replace) plan.decisions().getFirst();
    assertThat(replace.tasks()).hasSize(2);
    assertThat(plan.marks().stopped().keySet())
        .containsExactlyInAnyOrderElementsOf(
            replace.tasks().stream().map(ReplacementMarks::id).toList());
    assertThat(plan.marks().sick()).hasSize(1).containsValue(NOW);
    assertThat(plan.sick()).isEqualTo(3);
  }

  /** A storm's way: held, then 1, 2, 4 … until none is sick. */
  @Test
  void repairsAStormInGrowingRounds() {
    ReplacementMarks marks = ReplacementPlanner.plan(
            seen(QUIET, ReplacementMarks.NONE, a(100).unhealthy(60)), LIMITS, minutesAgo(20))
        .marks();
    assertThat(marks.sick()).isEmpty();
    assertThat(marks.storm().orElseThrow().sick()).containsOnly(Map.entry(A, 60));
    ReplacementPlan first =
        ReplacementPlanner.plan(seen(QUIET, marks, a(100).unhealthy(60)), LIMITS, minutesAgo(4));
    assertThat(told(first)).isEqualTo("Replace STORM 1, Wait TURN 59");
    ReplacementPlan waits = ReplacementPlanner.plan(
        seen(QUIET, first.marks(), a(100).starting(1).unhealthy(60)), LIMITS, minutesAgo(3));
    assertThat(told(waits)).isEqualTo("Wait TURN 59");
    ReplacementPlan second = ReplacementPlanner.plan(
        seen(QUIET, waits.marks(), a(100).unhealthy(59)), LIMITS, minutesAgo(1));
    assertThat(told(second)).isEqualTo("Replace STORM 2, Wait TURN 57");
  }

  /** Its sick task stays until the successor serves, and has not fallen ill anew. */
  @Test
  void aRestartThatIsUnderWayHoldsNoStormAgain() {
    Storm over = new Storm(minutesAgo(30), 2, 0, Optional.empty(), Map.of(A, 1));
    ReplacementMarks marks = ReplacementMarks.NONE.with(Optional.of(over));
    ReplacementPlan asked =
        ReplacementPlanner.plan(seen(QUIET, marks, a(1).unhealthy(1)), LIMITS, minutesAgo(1));
    assertThat(told(asked)).isEqualTo("Restart STORM");
    ReplacementPlan next = ReplacementPlanner.plan(
        seen(QUIET, asked.marks(), a(1).progress(Progress.IN_PROGRESS).unhealthy(1)), LIMITS, NOW);
    assertThat(told(next)).isEqualTo("Wait DEPLOYMENT 1");
    assertThat(next.marks().storm().map(Storm::last)).contains(over.last());
  }

  @ParameterizedTest
  @MethodSource("turns")
  void aStormIsHeldAgain(Storm storm, Service service, Instant last) {
    ReplacementMarks marks = ReplacementMarks.NONE.with(Optional.of(storm));
    ReplacementPlan plan = ReplacementPlanner.plan(seen(QUIET, marks, service), LIMITS, NOW);
    assertThat(plan.marks().storm().map(Storm::last)).contains(last);
  }

  static Stream<Arguments> turns() {
    Storm holding = new Storm(minutesAgo(5), 1, 0, Optional.empty(), Map.of(A, 40));
    Storm repairing = new Storm(minutesAgo(30), 4, 4, Optional.of(minutesAgo(2)), Map.of(A, 40));
    Storm ending = new Storm(minutesAgo(30), 4, 4, Optional.of(minutesAgo(2)), Map.of(A, 3));
    return Stream.of(
        argumentSet("one more fell ill", holding, a(100).unhealthy(41), NOW),
        argumentSet("nobody more fell ill", holding, a(100).unhealthy(40), holding.last()),
        argumentSet("fewer are ill", holding, a(100).unhealthy(30), holding.last()),
        argumentSet("one more in the repair", repairing, a(100).unhealthy(41), NOW),
        argumentSet(
            "one more at the end of the repair", ending, a(100).unhealthy(4), ending.last()),
        argumentSet("a successor fell ill", ending, a(100).started(1).unhealthy(1), NOW));
  }

  @Test
  void aStormEndsWhenNoneIsSick() {
    ReplacementMarks marks = ReplacementMarks.NONE.with(
        Optional.of(new Storm(minutesAgo(5), 1, 0, Optional.empty(), Map.of(A, 4))));
    assertThat(ReplacementPlanner.plan(seen(QUIET, marks, a(9)), LIMITS, NOW).marks())
        .isEqualTo(ReplacementMarks.NONE);
  }

  @Test
  void aStormGoesOnWhileNotAllIsRead() {
    Storm storm = new Storm(minutesAgo(5), 1, 0, Optional.empty(), Map.of(A, 4));
    ReplacementMarks marks = ReplacementMarks.NONE.with(Optional.of(storm));
    assertThat(ReplacementPlanner.plan(
                partOf(seen(QUIET, marks, a(9)), Service.of("b", 3)), LIMITS, NOW)
            .marks()
            .storm())
        .contains(storm);
    Service unread = Service.of("b", 3).unread();
    assertThat(ReplacementPlanner.plan(seen(QUIET, marks, a(9), unread), LIMITS, NOW)
            .marks()
            .storm())
        .contains(storm);
  }

  @ParameterizedTest
  @MethodSource("unread")
  void remembersWhatItDidNotLookAt(ReplacementSnapshot seen, Set<Instant> sick, boolean asked) {
    ReplacementMarks next = ReplacementPlanner.plan(seen, LIMITS, NOW).marks();
    assertThat(Set.copyOf(next.sick().values())).isEqualTo(sick);
    assertThat(next.asked().containsKey(A)).isEqualTo(asked);
  }

  static Stream<Arguments> unread() {
    Service b = Service.of("b", 3);
    Map<ServiceName, Asked> asked = Map.of(A, new Asked("t", minutesAgo(1), 1));
    ReplacementMarks fresh = sickSince(7, a(3), 1).withAsked(asked);
    ReplacementMarks old = sickSince(61, a(3), 1).withAsked(asked);
    return Stream.of(
        argumentSet("all read, and gone", seen(QUIET, fresh, b), Set.of(), false),
        argumentSet(
            "left to a later look",
            partOf(seen(QUIET, fresh, b), a(3)),
            Set.of(minutesAgo(7)),
            true),
        argumentSet("left out for an hour", partOf(seen(QUIET, old, b), a(3)), Set.of(), true),
        argumentSet("read, and well", partOf(seen(QUIET, fresh, a(3)), b), Set.of(), false),
        argumentSet(
            "could not be read", seen(QUIET, fresh, a(3).unread()), Set.of(minutesAgo(7)), true));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void knowsACrashLoop(Loop loop, Service service, String wanted) {
    ReplacementMarks marks = ReplacementMarks.NONE.withLoops(Map.of(A, loop));
    assertThat(told(ReplacementPlanner.plan(seen(QUIET, marks, service), LIMITS, NOW)))
        .isEqualTo(wanted);
  }

  static Stream<Arguments> loops() {
    Service young = a(4).started(2).exited(4).well(10);
    return Stream.of(
        argumentSet(
            "twice", new Loop(minutesAgo(3), 1), a(2).started(2).exited(1), "Replace SINGLE 1"),
        argumentSet(
            "three times",
            new Loop(minutesAgo(3), 2),
            a(2).started(2).exited(1),
            "Hold CRASH_LOOP 1"),
        argumentSet(
            "the back-off is over",
            new Loop(minutesAgo(11), 2),
            a(2).started(2).exited(1),
            "Replace SINGLE 1"),
        argumentSet(
            "a fourth time: longer",
            new Loop(minutesAgo(11), 3),
            a(2).started(2).exited(1),
            "Hold CRASH_LOOP 1"),
        argumentSet(
            "an old task fell ill", new Loop(minutesAgo(3), 2), a(2).exited(1), "Replace SINGLE 1"),
        argumentSet(
            "most successors are well",
            new Loop(minutesAgo(3), 2),
            a(20).started(2).exited(2),
            "Replace SINGLE 2"),
        argumentSet(
            "with others beside it", new Loop(minutesAgo(3), 2), young, "Hold CRASH_LOOP 4"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void asksForARestartAgain(Asked asked, String wanted) {
    ReplacementMarks marks = ReplacementMarks.NONE.withAsked(Map.of(A, asked));
    assertThat(told(ReplacementPlanner.plan(seen(QUIET, marks, a(1).exited(1)), LIMITS, NOW)))
        .isEqualTo(wanted);
  }

  static Stream<Arguments> requests() {
    String task = ReplacementMarks.id(a(1).ids(0, 1).getFirst());
    return Stream.of(
        argumentSet("just asked", new Asked(task, NOW.minusSeconds(10), 1), "Wait ASKED 1"),
        argumentSet("at the next schedule", new Asked(task, minutesAgo(1), 1), "Restart SINGLE"),
        argumentSet("often asked", new Asked(task, minutesAgo(1), 4), "Wait ASKED 1"),
        argumentSet("often asked, long ago", new Asked(task, minutesAgo(4), 9), "Restart SINGLE"),
        argumentSet("for another task", new Asked("0", NOW.minusSeconds(10), 9), "Restart SINGLE"));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void aTagTunes(Map<String, String> tags, int percent, boolean finding) {
    assertThat(LIMITS.tuned(tags).maxUnavailablePercent()).isEqualTo(percent);
    assertThat(ReplacementLimits.finding(tags).isPresent()).isEqualTo(finding);
  }

  static Stream<Arguments> tags() {
    String key = ReplacementLimits.TAG;
    return Stream.of(
        argumentSet("none", Map.of(), 10, false),
        argumentSet("0", Map.of(key, "0"), 0, false),
        argumentSet("50", Map.of(key, " 50 "), 50, false),
        argumentSet("51", Map.of(key, "51"), 10, true),
        argumentSet("-1", Map.of(key, "-1"), 10, true),
        argumentSet("no number", Map.of(key, "all"), 10, true));
  }

  @Test
  void thePaceOfReplacingNeverBreaksTheBudget() {
    Duration step = Duration.ofSeconds(20);
    Service service = a(30).unhealthy(9);
    ReplacementMarks marks = ReplacementMarks.NONE;
    int stopped = 0;
    for (int i = 0; i < 5; i++) {
      // The listing stays as it was: nothing that was stopped is seen to be gone.
      ReplacementPlan plan = ReplacementPlanner.plan(
          seen(QUIET, marks, service), LIMITS, NOW.plus(step.multipliedBy(i)));
      stopped += plan.decisions().stream()
          .filter(Replace.class::isInstance)
          .mapToInt(each -> ((Replace) each).tasks().size())
          .sum();
      marks = plan.marks();
    }
    assertThat(stopped).isEqualTo(3);
  }
}
