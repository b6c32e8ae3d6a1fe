package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.PROMOTED;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Fleets.idle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Complete;
import dev.shepherd.shared.rollout.RolloutDecision.Deploy;
import dev.shepherd.shared.rollout.RolloutDecision.Done;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DriftTest {
  /** Live is V2; V1 is the one before; V3 is nobody's. */
  private static final RolloutState QUIET = RolloutState.adopted(H1, List.of(), PROMOTED)
      .trial(Trial.NONE)
      .starting(V2, PROMOTED)
      .promoted(H2, 100, Set.of(), true, PROMOTED)
      .finished(Set.of(), PROMOTED);

  /** V3 is live, and was rolled over V2; V1 is an older one. */
  private static final RolloutState ROLLING =
      QUIET.starting(V3, PROMOTED).promoted(V3.hash(), 100, Set.of(), true, PROMOTED);

  @ParameterizedTest
  @MethodSource("quiet")
  void repairsAsThePolicySays(
      DriftRepair repair, PinByName pin, Service other, Class<?> kind, String because) {
    var fleet = idle(Service.pinned("a", H2, 8, 2).read(HEALTHY), other.read(HEALTHY));
    RolloutDecision decision =
        RolloutPlanner.plan(fleet.source(V2).state(QUIET).seen(), limits(repair, pin), NOW);
    assertThat(decision).isInstanceOf(kind);
    assertThat(decision.reason()).contains(because);
  }

  static Stream<Arguments> quiet() {
    PinByName at = PinByName.AT_ROLLOUT;
    Service older = Service.pinned("b", H1, 8, 2);
    Service byName = Service.byName("b", 2);
    String seen = "on another config (drift): prod/b on " + H1;
    return Stream.of(
        argumentSet("next: shown", DriftRepair.NEXT, at, older, Done.class, seen),
        argumentSet(
            "now", DriftRepair.NOW, at, older, Deploy.class, "prod/b on another config: back"),
        argumentSet(
            "never: shown, with the reason",
            DriftRepair.NEVER,
            at,
            older,
            Done.class,
            seen + ", driftRepair=never"),
        argumentSet(
            "by name: shown",
            DriftRepair.NOW,
            at,
            byName,
            Done.class,
            "(split-fleet risk): prod/b"),
        argumentSet(
            "by name for ever",
            DriftRepair.NEXT,
            PinByName.NEVER,
            byName,
            Done.class,
            "prod/b by name, pinByName=never"));
  }

  @ParameterizedTest
  @MethodSource("rolling")
  void rollsWhatThePolicyAllows(DriftRepair repair, PinByName pin, Service other, boolean taken) {
    var fleet = idle(Service.pinned("a", V3.hash(), 8, 2).read(HEALTHY), other.read(HEALTHY));
    RolloutDecision decision =
        RolloutPlanner.plan(fleet.source(V3).state(ROLLING).seen(), limits(repair, pin), NOW);
    if (taken) {
      assertThat(decision).isInstanceOf(Deploy.class);
    } else {
      assertThat(decision).isInstanceOf(Complete.class);
      assertThat(decision.reason()).contains("left as they are: prod/b");
    }
  }

  static Stream<Arguments> rolling() {
    PinByName at = PinByName.AT_ROLLOUT;
    Service before = Service.pinned("b", H2, 8, 2);
    Service older = Service.pinned("b", H1, 8, 2);
    Service foreign = Service.pinned("b", Fleets.version(9, "receivers: {}", 9).hash(), 8, 2);
    Service byName = Service.byName("b", 2);
    return Stream.of(
        argumentSet("next takes the one before", DriftRepair.NEXT, at, before, true),
        argumentSet("next takes an older one", DriftRepair.NEXT, at, older, true),
        argumentSet("never takes the one before", DriftRepair.NEVER, at, before, true),
        argumentSet("never leaves an older one", DriftRepair.NEVER, at, older, false),
        argumentSet(
            "never leaves an older one of Shepherd's",
            DriftRepair.NEVER,
            at,
            older.madeFrom(7),
            false),
        argumentSet("never leaves a foreign one", DriftRepair.NEVER, at, foreign, false),
        argumentSet(
            "never takes what Shepherd left half-way",
            DriftRepair.NEVER,
            at,
            foreign.madeFrom(7),
            true),
        argumentSet("by name", DriftRepair.NEVER, at, byName, true),
        argumentSet("by name for ever", DriftRepair.NEXT, PinByName.NEVER, byName, false));
  }

  @ParameterizedTest
  @EnumSource
  void repairsWhatIsInQuarantineWhateverThePolicy(DriftRepair repair) {
    RolloutState failed = QUIET.quarantining(new Quarantine(V3.hash(), "sha256:ab", "failed"));
    var fleet =
        idle(Service.pinned("b", V3.hash(), 8, 2).read(HEALTHY)).source(V2).state(failed);
    assertThat(RolloutPlanner.plan(fleet.seen(), limits(repair, PinByName.NEVER), NOW))
        .isInstanceOfSatisfying(
            Deploy.class, deploy -> assertThat(deploy.orders()).hasSize(1));
  }

  private static RolloutLimits limits(DriftRepair repair, PinByName pin) {
    return new RolloutLimits(
        LIMITS.settle(),
        LIMITS.start(),
        LIMITS.deployment(),
        LIMITS.maxConcurrentDeployments(),
        LIMITS.waves(),
        LIMITS.canary(),
        repair,
        pin);
  }
}
