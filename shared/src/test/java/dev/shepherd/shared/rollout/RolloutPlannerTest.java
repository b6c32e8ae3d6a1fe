package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.fleet.ContainerState.Health.UNHEALTHY;
import static dev.shepherd.shared.fleet.DeploymentState.Progress.COMPLETED;
import static dev.shepherd.shared.fleet.DeploymentState.Progress.FAILED;
import static dev.shepherd.shared.fleet.DeploymentState.Progress.IN_PROGRESS;
import static dev.shepherd.shared.rollout.Fleets.BROKEN;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V1;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.arn;
import static dev.shepherd.shared.rollout.Fleets.idle;
import static dev.shepherd.shared.rollout.Fleets.mark;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;
import static dev.shepherd.shared.rollout.Fleets.promoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.rollout.Fleets.Fleet;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Adopt;
import dev.shepherd.shared.rollout.RolloutDecision.Complete;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Done;
import dev.shepherd.shared.rollout.RolloutDecision.Hold;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutDecision.Promote;
import dev.shepherd.shared.rollout.RolloutDecision.Publish;
import dev.shepherd.shared.rollout.RolloutDecision.Quarantine;
import dev.shepherd.shared.rollout.RolloutDecision.Reject;
import dev.shepherd.shared.rollout.RolloutDecision.Start;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutDecision.Wait;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutPlannerTest {
  private static final RolloutState IDLE =
      RolloutState.adopted(H1, List.of(), NOW).trial(readable());
  private static final RolloutState PINNING = IDLE.starting(V2, NOW);

  /** A probe has read live's snapshot with the role that all services have. */
  private static Trial readable() {
    return Trial.NONE.passed(List.of(Probes.key(Service.byName("a", 4).state(), H1)));
  }

  @ParameterizedTest
  @MethodSource({"news", "pinning", "waves", "firstSight"})
  void decides(Fleet fleet, Class<? extends RolloutDecision> kind, String because) {
    RolloutDecision decision = RolloutPlanner.plan(fleet.seen(), LIMITS, NOW);
    assertThat(decision).as(decision.reason()).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> news() {
    Service live = Service.pinned("a", H1, 8, 4).read(HEALTHY);
    RolloutState refused = rejected(IDLE);
    return Stream.of(
        argumentSet("nothing new", idle(live), Done.class, "1 of 1 services run live"),
        argumentSet("a newer text", idle(live).source(V2), Start.class, "no errors"),
        argumentSet("a text with errors", idle(live).source(BROKEN), Reject.class, "no-pipelines"),
        argumentSet(
            "the same errors again",
            idle(live).source(BROKEN).state(refused),
            Done.class,
            "stays refused"),
        argumentSet(
            "the refused text is put back to live",
            idle(live).state(refused),
            Note.class,
            "withdrawn"),
        argumentSet(
            "the candidate is withdrawn", idle(live).state(PINNING), Note.class, "withdrawn"),
        argumentSet(
            "a newer text supersedes",
            idle(live).source(V3).state(PINNING),
            Start.class,
            "supersedes " + H2),
        argumentSet(
            "an invalid one does not disturb",
            idle(live).source(BROKEN).state(rejected(PINNING)),
            Proceed.class,
            "is probed"),
        argumentSet("the source is deleted", idle(live).sourceDeleted(), Wait.class, "deleted"),
        argumentSet(
            "paused by tag",
            idle(live).source(V2).tag("shepherd:paused", "true"),
            Wait.class,
            "paused"),
        argumentSet(
            "tagged paused=false",
            idle(live).source(V2).tag("shepherd:paused", "false"),
            Start.class,
            "no errors"));
  }

  private static RolloutState rejected(RolloutState state) {
    return state.rejecting(Optional.of(new Rejection(BROKEN.hash(), 2, "no")));
  }

  static Stream<Arguments> pinning() {
    Service byName = Service.byName("a", 4);
    Service seen = byName.read(HEALTHY);
    Fleet risky = idle(seen).source(V2).state(PINNING);
    return Stream.of(
        argumentSet(
            "by name, and the source is live: nothing yet",
            idle(byName),
            Done.class,
            "split-fleet"),
        argumentSet(
            "by name, and the source differs: images first",
            idle(byName).source(V2).state(PINNING),
            Look.class,
            "images"),
        argumentSet("by name, and the source differs", risky, Deploy.class, "pinned to live " + H1),
        argumentSet(
            "by name, and the source is refused",
            idle(seen).source(BROKEN).state(rejected(IDLE)),
            Deploy.class,
            "pinned to live"),
        argumentSet(
            "two digests of one image",
            idle(byName.read(HEALTHY, i -> "sha256:" + i)).source(V2).state(PINNING),
            Wait.class,
            "digests"),
        argumentSet(
            "someone else deploys",
            idle(seen.primary(IN_PROGRESS, 1)).source(V2).state(PINNING),
            Wait.class,
            "someone else"),
        argumentSet(
            "managed=false is left alone",
            idle(seen.owner(Owner.TAGGED_OUT)).source(V2).state(PINNING),
            Proceed.class,
            "is probed"),
        argumentSet(
            "CODE_DEPLOY is left alone",
            idle(seen.owner(Owner.OTHER_CONTROLLER)).source(V2).state(PINNING),
            Proceed.class,
            "is probed"),
        argumentSet(
            "all pinned",
            idle(Service.pinned("a", H1, 8, 4).read(HEALTHY)).source(V2).state(PINNING),
            Proceed.class,
            H2 + " is probed"),
        argumentSet(
            "redeploy mode is not pinned",
            idle(Service.current("a", 4).read(HEALTHY)).source(V2).state(PINNING),
            Proceed.class,
            "is probed"),
        argumentSet(
            "no services at all", idle().source(V2).state(PINNING), Proceed.class, "is probed"),
        argumentSet(
            "no services at all: nothing to try it on",
            idle().source(V2).state(PINNING.trying(Phase.PROBE, NOW)),
            Promote.class,
            "the first wave bakes"),
        argumentSet(
            "by name, and nobody has tried its role",
            idle(seen).source(V2).state(PINNING.trial(Trial.NONE)),
            StartTasks.class,
            "probes of " + H1),
        argumentSet(
            "without a running task there is no probe",
            idle(Service.byName("a", 0)).source(V2).state(PINNING.trial(Trial.NONE)),
            Deploy.class,
            "pinned to live"));
  }

  static Stream<Arguments> waves() {
    Service old = Service.pinned("a", H1, 8, 4).read(HEALTHY);
    Service rolled = Service.pinned("a", H2, 9, 4).madeFrom(8).primary(COMPLETED, 3);
    Moving begun = mark("a", H2, 8, 3).started("ecs-svc/9", arn("a", 9), Optional.empty());
    Moving settled = begun.well(Optional.of(minutesBefore(1)));
    List<Moving> under = List.of(begun);
    return Stream.of(
        argumentSet("the first goes", promoted(List.of(), old), Deploy.class, "prod/a to " + H2),
        argumentSet(
            "without tasks to look at",
            promoted(List.of(), Service.pinned("a", H1, 8, 0)),
            Deploy.class,
            "to " + H2),
        argumentSet(
            "in progress",
            promoted(under, rolled.primary(IN_PROGRESS, 3).read(HEALTHY)),
            Wait.class,
            "in progress"),
        argumentSet(
            "in progress for too long",
            promoted(under, rolled.primary(IN_PROGRESS, 61).read(HEALTHY)),
            Hold.class,
            "longer than 60 min"),
        argumentSet(
            "failed",
            promoted(under, rolled.primary(FAILED, 3).read(HEALTHY)),
            Hold.class,
            "failed"),
        argumentSet("ECS took it back", promoted(under, old), Hold.class, "took it back to a:8"),
        argumentSet(
            "not visible yet",
            promoted(
                List.of(mark("a", H2, 8, 0).started("ecs-svc/9", arn("a", 9), Optional.empty())),
                old),
            Wait.class,
            "not visible"),
        argumentSet(
            "intent without a deployment",
            promoted(List.of(mark("a", H2, 8, 3)), old),
            Deploy.class,
            "to " + H2),
        argumentSet(
            "someone shipped after it",
            promoted(under, Service.byName("a", 4).read(HEALTHY)),
            Deploy.class,
            "to " + H2),
        argumentSet("completed: are they well?", promoted(under, rolled), Look.class, "well"),
        argumentSet(
            "completed, and every sidecar is sick",
            promoted(under, rolled.read(UNHEALTHY)),
            Quarantine.class,
            "turned UNHEALTHY"),
        argumentSet(
            "first seen well",
            promoted(under, rolled.read(HEALTHY)),
            Note.class,
            "settling for 60 s"),
        argumentSet(
            "well for settleSeconds",
            promoted(List.of(settled), rolled.read(HEALTHY)),
            Complete.class,
            "1 services run"),
        argumentSet(
            "sick again while settling",
            promoted(List.of(settled), rolled.read(UNHEALTHY)),
            Quarantine.class,
            "turned UNHEALTHY"),
        argumentSet(
            "scaled to 0 meanwhile",
            promoted(under, Service.pinned("a", H2, 9, 0).read(HEALTHY)),
            Complete.class,
            "run"),
        argumentSet("gone half-way", promoted(under), Complete.class, "0 services"),
        argumentSet(
            "we overtook someone",
            promoted(under, rolled.replacing(12, 3)),
            Deploy.class,
            "to " + H2),
        argumentSet(
            "the base is still draining",
            promoted(under, rolled.replacing(8, 200).read(HEALTHY)),
            Note.class,
            "settling"),
        argumentSet(
            "on the hash without us: are they well?",
            promoted(List.of(), Service.pinned("a", H2, 9, 4)),
            Look.class,
            "well"),
        argumentSet(
            "on the hash without us, and sick",
            promoted(List.of(), Service.pinned("a", H2, 9, 4).read(UNHEALTHY)),
            Quarantine.class,
            "turned UNHEALTHY"),
        argumentSet(
            "an old deployment still drains behind ours",
            promoted(under, rolled.replacing(5, 200).read(HEALTHY)),
            Note.class,
            "settling"),
        argumentSet(
            "redeploy mode is forced",
            promoted(List.of(), Service.current("a", 4)),
            Deploy.class,
            "to " + H2));
  }

  static Stream<Arguments> firstSight() {
    Service byName = Service.byName("a", 4);
    return Stream.of(
        argumentSet("nothing runs", idle().firstSight(), Adopt.class, "newest text without errors"),
        argumentSet(
            "nothing runs and the text is broken",
            idle().firstSight().source(BROKEN),
            Look.class,
            "which version"),
        argumentSet(
            "by name: what do they run?",
            idle(byName).firstSight().source(V2),
            Look.class,
            "what do its tasks run"),
        argumentSet(
            "by name, edited since",
            idle(byName.read(HEALTHY)).firstSight().source(V2),
            Look.class,
            "which version"),
        argumentSet(
            "by name, not edited since",
            idle(byName.read(HEALTHY)).firstSight(),
            Adopt.class,
            "oldest task"),
        argumentSet(
            "pinned",
            idle(Service.pinned("a", H2, 8, 4)).firstSight(),
            Adopt.class,
            "pinned to " + H2),
        argumentSet(
            "pinned, and one elsewhere by somebody: drift",
            idle(Service.pinned("a", H2, 8, 4), Service.pinned("b", H1, 8, 1)).firstSight(),
            Adopt.class,
            "pinned to " + H2),
        argumentSet(
            "pinned, and one elsewhere by Shepherd: a rollout was lost",
            idle(Service.pinned("a", H2, 8, 4), Service.pinned("b", H1, 8, 1).madeFrom(7))
                .firstSight(),
            Adopt.class,
            "but for 1 that a lost rollout had pinned elsewhere"),
        argumentSet(
            "no parameter",
            idle(byName).firstSight().sourceDeleted(),
            Wait.class,
            "no config parameter"));
  }

  @Test
  void adoptsTheVersionThatTheOldestTaskStartedWith() {
    RolloutSnapshot seen =
        idle(Service.byName("a", 4).read(HEALTHY)).firstSight().source(V3).seen();
    RolloutSnapshot deeper = seen.with(seen.services(), Optional.of(List.of(V1, V2, V3)));
    assertThat(RolloutPlanner.plan(deeper, LIMITS, NOW))
        .isInstanceOfSatisfying(
            Adopt.class, adopt -> assertThat(adopt.snapshot()).contains(V1));
  }

  @Test
  void adoptsTheSnapshotThatLiveNamesOverTheOneMostRead() {
    RolloutSnapshot seen = idle(Service.pinned("a", H1, 8, 1), Service.pinned("b", H2, 8, 9))
        .firstSight()
        .seen();
    RolloutSnapshot named = new RolloutSnapshot(
        seen.fleet(),
        seen.source(),
        seen.tags(),
        Optional.of(H1),
        seen.current(),
        seen.state(),
        seen.services(),
        seen.history(),
        Optional.empty(),
        seen.alarms());
    assertThat(adopted(seen)).isEqualTo(H2);
    assertThat(adopted(named)).isEqualTo(H1);
  }

  @Test
  void bringsWhatALostRolloutHadPinnedElsewhereToLive() {
    Service all = Service.pinned("a", H1, 8, 4).read(HEALTHY);
    Service lost = Service.pinned("b", H2, 9, 1).madeFrom(8).read(HEALTHY);
    RolloutSnapshot seen = idle(all, lost).firstSight().seen();
    RolloutState adopted = ((Adopt) RolloutPlanner.plan(seen, LIMITS, NOW)).next();
    assertThat(adopted.phase()).isEqualTo(Phase.BACK);
    Fleet goingBack = idle(all, lost).state(adopted.trial(Trial.NONE));
    assertThat(deployed(goingBack)).containsExactly("prod/b");
    // The source has the lost candidate still: it is tried anew, and nobody runs it before.
    Fleet again = goingBack.source(V2).state(adopted.trial(readable()).starting(V2, NOW));
    assertThat(deployed(again)).containsExactly("prod/b");
  }

  private static Object adopted(RolloutSnapshot seen) {
    return ((Adopt) RolloutPlanner.plan(seen, LIMITS, NOW)).next().live();
  }

  @Test
  void rollsOneServiceAfterTheOtherTheSmallestFirst() {
    Service small = Service.pinned("z", H1, 8, 2).read(HEALTHY);
    Service large = Service.pinned("a", H1, 8, 40).read(HEALTHY);
    assertThat(deployed(promoted(List.of(), large, small))).containsExactly("prod/z");
  }

  @Test
  void pinsAsManyAtOnceAsMayBeDeployedAtOnce() {
    Fleet three = idle(
            Service.byName("a", 1).read(HEALTHY),
            Service.byName("b", 2).read(HEALTHY),
            Service.byName("c", 3).read(HEALTHY))
        .source(V2)
        .state(PINNING);
    assertThat(deployed(three)).containsExactly("prod/a", "prod/b");
  }

  private static List<String> deployed(Fleet fleet) {
    Deploy deploy = (Deploy) RolloutPlanner.plan(fleet.seen(), LIMITS, NOW);
    assertThat(deploy.next().moving()).hasSameSizeAs(deploy.orders());
    return deploy.orders().stream().map(order -> order.service().toString()).toList();
  }

  @Test
  void copiesTheRevisionThatWasOvertakenAndKeepsItsImages() {
    Moving begun = mark("a", H2, 8, 3).started("ecs-svc/9", arn("a", 9), Optional.empty());
    Service rolled = Service.pinned("a", H2, 9, 4).madeFrom(8).replacing(12, 3).read(HEALTHY);
    Deploy deploy =
        (Deploy) RolloutPlanner.plan(promoted(List.of(begun), rolled).seen(), LIMITS, NOW);
    assertThat(deploy.orders())
        .containsExactly(
            new Order(begun.service(), arn("a", 12), arn("a", 9), H2, false, Map.of(), true));
  }

  @Test
  void pinsTheImagesThatRun() {
    Deploy deploy = (Deploy) RolloutPlanner.plan(
        promoted(List.of(), Service.pinned("a", H1, 8, 4).read(HEALTHY)).seen(), LIMITS, NOW);
    assertThat(deploy.orders().getFirst().digests()).containsOnlyKeys("collector");
  }

  @Test
  void completionRemembersTheLastGoodOne() {
    Fleet fleet = promoted(List.of(), Service.pinned("a", H2, 9, 0).read(HEALTHY));
    Complete complete = (Complete) RolloutPlanner.plan(fleet.seen(), LIMITS, NOW);
    assertThat(complete.next())
        .isEqualTo(
            promoted(List.of()).seen().state().orElseThrow().finished(Set.of(Fleets.BINARY), NOW));
    assertThat(complete.next().previous()).contains(H1);
    assertThat(complete.next().completed()).containsExactly(H1, H2);
    assertThat(complete.next().phase()).isEqualTo(Phase.IDLE);
  }

  @Test
  void completesNothingOnReadsOlderThanThePromotion() {
    Fleet fleet = promoted(List.of(), Service.pinned("a", H2, 9, 4).read(HEALTHY));
    RolloutState justNow = IDLE.starting(V2, NOW).promoted(H2, 100, Set.of(), true, NOW);
    assertThat(RolloutPlanner.plan(fleet.state(justNow).seen(), LIMITS, NOW.plusSeconds(59)))
        .isInstanceOf(Wait.class);
    assertThat(RolloutPlanner.plan(fleet.state(justNow).seen(), LIMITS, NOW.plusSeconds(60)))
        .isInstanceOf(Complete.class);
  }

  @Test
  void aHeldRolloutTriesAgainEverLater() {
    RolloutState once = promoted(List.of()).seen().state().orElseThrow().holding("stuck", NOW);
    RolloutState twice = once.holding("stuck", NOW);
    Fleet fleet = promoted(List.of(), Service.pinned("a", H1, 8, 4).read(HEALTHY));
    assertThat(RolloutPlanner.plan(fleet.state(once).seen(), LIMITS, NOW.plusSeconds(299)))
        .isInstanceOf(Wait.class);
    assertThat(RolloutPlanner.plan(fleet.state(once).seen(), LIMITS, NOW.plusSeconds(300)))
        .isInstanceOf(Deploy.class);
    assertThat(RolloutPlanner.plan(fleet.state(twice).seen(), LIMITS, NOW.plusSeconds(599)))
        .isInstanceOf(Wait.class);
    assertThat(RolloutPlanner.plan(fleet.state(twice).seen(), LIMITS, NOW.plusSeconds(600)))
        .isInstanceOf(Deploy.class);
  }

  @Test
  void aHeldRolloutGoesOnWithANewerText() {
    RolloutState held = promoted(List.of()).seen().state().orElseThrow().holding("stuck", NOW);
    Fleet fleet =
        promoted(List.of(), Service.pinned("a", H1, 8, 4).read(HEALTHY)).state(held);
    assertThat(RolloutPlanner.plan(fleet.seen(), LIMITS, NOW)).isInstanceOf(Wait.class);
    assertThat(RolloutPlanner.plan(fleet.source(V3).seen(), LIMITS, NOW)).isInstanceOf(Start.class);
  }

  @Test
  void publishesAgainWhatSomebodyChanged() {
    RolloutSnapshot seen = idle(Service.pinned("a", H1, 8, 4)).seen();
    RolloutSnapshot changed = seen.published(H2, V2);
    assertThat(RolloutPlanner.plan(changed, LIMITS, NOW)).isInstanceOf(Publish.class);
  }

  @Test
  void neverShowsAText() {
    assertThat(V1.toString()).doesNotContain("otlp");
    assertThat(idle().seen().toString()).doesNotContain("4317");
  }

  /** Of a service that is through it is enough to have seen it lately, of one under way not. */
  @Test
  void needsToSeeNowWhatIsUnderWay() {
    Fleet fleet = promoted(
        List.of(mark("b", H2, 8, 3)),
        Service.pinned("a", H2, 9, 4),
        Service.pinned("b", H2, 9, 4),
        Service.pinned("c", H1, 8, 4));
    assertThat(RolloutPlanner.plan(fleet.seen(), LIMITS, NOW))
        .isInstanceOfSatisfying(Look.class, look -> {
          assertThat(look.tasksOf()).extracting(ServiceName::service).contains("a", "b");
          assertThat(look.lately()).extracting(ServiceName::service).containsExactly("a");
        });
  }
}
